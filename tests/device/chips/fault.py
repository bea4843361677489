"""What can go wrong at one byte of an I2C bus."""

NAK = "nak"  # the chip does not acknowledge; a byte that it should have sent reads 0xFF
STRETCH = "stretch"  # the chip holds SCL low for longer than the controller waits
STICK = "stick"  # the chip holds SDA low until it has seen nine clocks
FORGET = "forget"  # the chip acknowledges a byte and does not take it; a byte that it sends is the one before
FLIP = "flip"  # a bit is taken or sent wrong, and acknowledged
KINDS = (NAK, STRETCH, STICK, FORGET, FLIP)


class Fault:
    """A fault at byte number `at`, counted from when it was armed; address bytes count too.

    `lasting`: it stays until the bus is mended. Otherwise it happens once.
    """

    def __init__(self, kind: str, at: int, lasting: bool = False, flipped: int = 0x80) -> None:
        self.kind = kind
        self.at = at
        self.lasting = lasting
        self.flipped = flipped

    def happens(self, position: int) -> bool:
        """Does it hit the byte at this position?"""
        return position == self.at or (self.lasting and position > self.at)

    def __repr__(self) -> str:
        return "Fault({!r}, at={}, lasting={}, flipped={})".format(
            self.kind, self.at, self.lasting, self.flipped
        )
