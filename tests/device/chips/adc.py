"""An ADC as `machine.ADC` documents it, at the middle of a divider with an NTC."""

FULL_SCALE = 65535


class ADC:
    """`raw` is what the next readings give, the last one forever."""

    def __init__(self, *raw: int) -> None:
        self.raw = list(raw)
        self.broken = False

    def read_u16(self) -> int:
        """0 to 65535."""
        if self.broken:
            raise OSError(5)
        return self.raw.pop(0) if len(self.raw) > 1 else self.raw[0]

    def divider(self, ntc_ohm: float, fixed_ohm: float) -> None:
        """Read as a divider with the NTC at ground gives it."""
        self.raw = [round(FULL_SCALE * ntc_ohm / (ntc_ohm + fixed_ohm))]
