"""One chip at an I2C bus, a byte at a time."""


class Chip:
    """A target of the bus. The first byte written after the address is the register's number."""

    def __init__(self) -> None:
        self._pointed = False

    def start(self, reading: bool) -> None:
        """The chip was addressed."""
        self._pointed = reading

    def take(self, byte: int) -> None:
        """A byte was written."""
        if self._pointed:
            self.write_register(byte)
        else:
            self._pointed = True
            self.point(byte)

    def forget(self) -> None:
        """A byte was written, acknowledged and not taken; a register number stays what it was."""
        self._pointed = True

    def stop(self) -> None:
        """A STOP condition was on the bus."""

    def point(self, byte: int) -> None:
        """Note which register comes next."""
        raise NotImplementedError

    def write_register(self, byte: int) -> None:
        """Take one byte of the register that is pointed at."""
        raise NotImplementedError

    def read_register(self) -> int:
        """Give one byte of the register that is pointed at."""
        raise NotImplementedError

    def general_call_reset(self) -> None:
        """Address 0 and byte 0x06: back to the values after power-on, for a chip that listens to that."""
