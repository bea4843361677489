"""What must be told: locks and alarms, in the order in which they came, until somebody has told them."""

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

WAITING_MAX = 16


class News:
    """Codes (LightLock, LightAlarm). Of more than there is room for, the oldest are lost, and counted."""

    def __init__(self) -> None:
        self._waiting: "list[int]" = []
        self._on: "list[int]" = []
        self.lost = 0

    def add(self, code: int) -> None:
        """Something has happened."""
        self._waiting.append(code)
        if len(self._waiting) > WAITING_MAX:
            self._waiting.pop(0)
            self.lost += 1

    def when(self, code: int, on: bool) -> None:
        """Something is so, or is not: it is told when it becomes so."""
        if on and code not in self._on:
            self._on.append(code)
            self.add(code)
        elif not on and code in self._on:
            self._on.remove(code)

    def on(self, code: int) -> bool:
        """Was it so when `when` was last called?"""
        return code in self._on

    def tell(self, tell: "Callable[[int], None]") -> None:
        """Tell it all; what raises is told again next time."""
        while self._waiting:
            tell(self._waiting[0])
            self._waiting.pop(0)
