"""SCL and SDA of a bus as pins: what a driver sees when it takes the bus's lines over."""

from tests.device.chips.bus import I2C


class Scl:
    """The clock line, as an open-drain pin."""

    def __init__(self, bus: I2C) -> None:
        self._bus = bus
        self.level = 1

    def value(self, level: "int | None" = None) -> "int | None":
        """Read or drive it."""
        if level is None:
            return self.level
        if level and not self.level:
            self._bus.clock()
        self.level = level
        return None


class Sda:
    """The data line, as an open-drain pin; low while a chip holds it."""

    def __init__(self, bus: I2C, scl: Scl) -> None:
        self._bus = bus
        self._scl = scl
        self.level = 1

    def value(self, level: "int | None" = None) -> "int | None":
        """Read or drive it."""
        if level is None:
            return 0 if self._bus.clocks_owed else self.level
        if level and not self.level and self._scl.level:
            self._bus.stop_by_hand()
        self.level = level
        return None
