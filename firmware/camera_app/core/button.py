"""From the capture button's bouncing contact to presses."""

from oralcam_protocol.wire.enums import EventType

DEBOUNCE_MS = 15  # tactile switches bounce for less than 10 ms
DOUBLE_MS = 350  # from a release to the next press
LONG_MS = 1200


class Button:
    """Edges in, presses out. A press is reported with the time of its first edge.

    >>> button = Button()
    >>> button.edge(True, 1000); button.poll(1000 + DEBOUNCE_MS); button.take()
    (1, 1000)
    """

    def __init__(self, pressed: bool = False) -> None:
        self._stable = pressed
        self._level = pressed
        self._first_ms = -1  # first edge away from the stable level
        self._edge_ms = 0  # last edge
        self._pressed_ms = 0
        self._released_ms = -1
        self._long_due = False
        self._found: "list[tuple[int, int]]" = []

    def edge(self, pressed: bool, at_ms: int) -> None:
        """The contact changed, or its level was sampled."""
        if pressed == self._level:
            return
        self._settle(at_ms)
        self._level = pressed
        self._edge_ms = at_ms
        if self._first_ms < 0:
            self._first_ms = at_ms

    def poll(self, now_ms: int) -> None:
        """Time has passed."""
        self._settle(now_ms)
        if self._long_due and self._stable and now_ms - self._pressed_ms >= LONG_MS:
            self._long_due = False
            self._found.append((EventType.LONG_PRESS, self._pressed_ms + LONG_MS))

    @property
    def closed(self) -> bool:
        """Is the contact closed at this moment, bouncing or not?"""
        return self._level

    @property
    def unsettled_press(self) -> bool:
        """Has the contact left the released level, and may that still be a bounce?"""
        return self._first_ms >= 0 and not self._stable

    def take(self) -> "tuple[int, int] | None":
        """The next thing that happened: EventType and when; None if there is no more."""
        return self._found.pop(0) if self._found else None

    def next_poll_ms(self, now_ms: int) -> int:
        """In how many milliseconds `poll` has something to say, at most a second."""
        if self._first_ms >= 0:
            return max(1, self._edge_ms + DEBOUNCE_MS - now_ms)
        if self._long_due:
            return max(1, min(1000, self._pressed_ms + LONG_MS - now_ms))
        return 1000

    def _settle(self, now_ms: int) -> None:
        if self._first_ms < 0 or now_ms - self._edge_ms < DEBOUNCE_MS:
            return
        first_ms, self._first_ms = self._first_ms, -1
        if self._level == self._stable:
            return  # a bounce, back where it was
        self._stable = self._level
        if self._stable:
            double = self._released_ms >= 0 and first_ms - self._released_ms <= DOUBLE_MS
            self._pressed_ms = first_ms
            self._long_due = True
            self._found.append((EventType.PRESS, first_ms))
            if double:
                self._found.append((EventType.DOUBLE_PRESS, first_ms))
        else:
            self._long_due = False
            self._released_ms = first_ms
            self._found.append((EventType.RELEASE, first_ms))
