"""The camera's time, and the heartbeat that lets the host measure it."""

from camera_app.core.clock import UnwrappedClock
from camera_app.hal import Ticks
from oralcam_protocol.wire.codec import HeartbeatReply


class Clock:
    """Microseconds since start. Read at least every few minutes; the health service sees to that."""

    def __init__(self, ticks: Ticks) -> None:
        self._ticks = ticks
        self._unwrapped = UnwrappedClock(ticks.WRAP_US)

    def now_us(self) -> int:
        """Microseconds since start."""
        return self._unwrapped.feed(self._ticks.ticks_us())

    def at_us(self, ticks: int) -> int:
        """The time at which the board's counter stood at `ticks`, lately."""
        self.now_us()
        return self._unwrapped.at(ticks)

    def now_ms(self) -> int:
        """Milliseconds since start."""
        return self.now_us() // 1000

    def heartbeat(self, received_us: int, newest_event: int) -> HeartbeatReply:
        """The answer to a HEARTBEAT that arrived at `received_us`."""
        return HeartbeatReply(received_us, self.now_us(), newest_event)
