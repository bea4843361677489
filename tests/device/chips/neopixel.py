"""A chain of WS2812 behind micropython-lib's `neopixel.NeoPixel`. The chips answer nothing."""


class NeoPixel:
    """`shown` is what the chips latched: what was last written, unless writing failed on the way."""

    def __init__(self, count: int) -> None:
        self.n = count
        self._pixels = [(0, 0, 0)] * count
        self.shown = [(0, 0, 0)] * count
        self.fails_after = -1  # raise after so many pixels; -1: never
        self.lies = False  # the line is broken: nothing arrives
        self.highest = 0

    def __setitem__(self, index: int, colour: "tuple[int, int, int]") -> None:
        if not all(0 <= part <= 255 for part in colour):
            raise ValueError("bytes must be in range(0, 256)")
        self._pixels[index] = colour

    def write(self) -> None:
        """Send all of it down the line."""
        sent = self.n if self.fails_after < 0 else min(self.n, self.fails_after)
        if not self.lies:
            self.shown[:sent] = self._pixels[:sent]
            self.highest = max([self.highest] + [max(colour) for colour in self.shown])
        if self.fails_after >= 0:
            raise OSError(5)
