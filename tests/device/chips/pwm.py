"""A PWM output as `machine.PWM` documents it."""


class PWM:
    """`bits`: the timer's resolution, which decides what is read back (11 at 20 kHz on an ESP32-S3)."""

    def __init__(self, bits: int = 11) -> None:
        self._step = 1 << 16 - bits
        self.level = 0  # the duty that is really there, of 65535
        self.highest = 0
        self.fails = False  # raise
        self.lies = False  # take nothing, and say that it was taken
        self.stuck = False  # take nothing, and show it

    def duty_u16(self, value: "int | None" = None) -> "int | None":
        """Set, or read what the timer makes of it."""
        if self.fails:
            raise OSError(5)
        if value is None:
            return self._said if self.lies else self.level
        self._said = 65535 if value == 65535 else value - value % self._step
        if not (self.lies or self.stuck):
            self.level = self._said
            self.highest = max(self.highest, self.level)
        return None

    _said = 0
