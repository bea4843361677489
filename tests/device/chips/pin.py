"""A pin as `machine.Pin` documents it."""

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only
    from collections.abc import Callable


class Pin:
    """`accepts_hard`: irq() knows the keyword; `has_irq`: there is an interrupt; `stuck`: its level stays."""

    IRQ_FALLING = 2
    IRQ_RISING = 1

    def __init__(self, level: int = 0, *, accepts_hard: bool = True, has_irq: bool = True) -> None:
        self.level = level
        self.stuck = False
        self.broken = False
        self.hard: "bool | None" = None  # as irq() was asked; None: it was not
        self._accepts_hard = accepts_hard
        self._has_irq = has_irq
        self._handler: "Callable[[Pin], None] | None" = None
        self._trigger = 0

    def value(self, level: "int | None" = None) -> "int | None":
        """Read or drive it."""
        if self.broken:
            raise OSError(5)
        if level is None:
            return self.level
        if not self.stuck:
            self.level = level
        return None

    def irq(self, handler: "Callable[[Pin], None]", trigger: int, **keywords: bool) -> None:
        """Call the handler at each edge of the trigger."""
        if not self._has_irq:
            raise OSError(5)
        if keywords and not self._accepts_hard:
            raise TypeError("extra keyword arguments given")
        self.hard = keywords.get("hard")
        self._handler, self._trigger = handler, trigger

    def change(self, level: int, *, lose_edge: bool = False) -> None:
        """The outside changes the level; the scheduler's queue may be full and the edge lost."""
        changed, self.level = level != self.level, level
        edge = self.IRQ_RISING if level else self.IRQ_FALLING
        if changed and not lose_edge and self._handler is not None and self._trigger & edge:
            self._handler(self)
