"""The line that lets a ring be lit at all. A resistor pulls it to off, in reset and without firmware."""

from drivers.errors import ChipError

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only
    from drivers.machine_types import Level


class EnableLine:
    """A pin at pin OE of a driver chip, or at the switch of the ring's supply. Off from the start.

    `lit_level`: the level that allows light (0 at a PCA9955B's OE).
    """

    def __init__(self, pin: "Level", lit_level: int) -> None:
        self._pin = pin
        self._lit_level = lit_level
        self.set(False)

    def set(self, on: bool) -> None:
        """Allow light or not; raise `ChipError` if the pin does not read back what was driven."""
        level = self._lit_level if on else 1 - self._lit_level
        self._pin.value(level)
        if self._pin.value() != level:
            raise ChipError("the ring's enable line does not follow its pin: it is shorted or not connected")
