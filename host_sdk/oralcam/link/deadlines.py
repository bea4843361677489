"""Deadlines of the host. Every wait has one of these."""

from __future__ import annotations


class Deadlines:
    """Deadlines in seconds. The defaults suit people and cables; tests shorten them."""

    hello = 2.0  # for a camera to say who it is
    ask_again = 0.3  # between two HELLOs
    request = 3.0  # for an answer, PENDING not counted
    repeat = 0.4  # a request without an answer is sent again under the same number
    capture = 15.0  # for a photo to be taken
    heartbeat = 1.0  # between two heartbeats; the camera's light goes out after three seconds without
    silence = 5.0  # nothing heard for so long: the camera is gone, whatever the port says
    body = 0.3  # for the rest of a frame
    stall = 5.0  # for anything new in a transfer
    events_again = 0.2  # between two requests for missed events
    look_again = 0.25  # between two looks whether an unplugged camera is back
    write = 0.6  # for the camera to take what is sent; less than the second in which `close` is done
    idle_read = 0.25
    busy_read = 0.05

    def faster(self, factor: float) -> Deadlines:
        """Return the same deadlines, each divided by `factor`."""
        quick = Deadlines()
        for name, value in vars(Deadlines).items():
            if isinstance(value, float):
                setattr(quick, name, value / factor)
        return quick
