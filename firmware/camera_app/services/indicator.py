"""What the handpiece says, told apart by light and, where there is one, a buzzer."""

from camera_app.hal import Indicator

TAKEN = "taken"  # exposed and accepted
STORED = "stored"  # the host has it durable
REFUSED = "refused"  # a press that became no photo
FAULT = "fault"  # something needs attention
LOST = "lost"  # a reset took photos away: press again
PATTERNS = (TAKEN, STORED, REFUSED, FAULT, LOST)


class IndicatorService:
    """Shows a pattern; counts what was shown."""

    def __init__(self, indicator: Indicator) -> None:
        self._indicator = indicator
        self.shown = 0
        self.failed = 0

    def show(self, pattern: str) -> None:
        """One of PATTERNS."""
        self.shown += 1
        try:
            self._indicator.show(pattern)
        except Exception:
            self.failed += 1  # a lamp that is broken stops no photo
