"""A ring of WS2812 pixels (micropython-lib's `neopixel`): for breadboards, and lamps beside the picture.

The pixels answer nothing: **no fault and no lie of theirs is ever seen here**. Only the enable line, which
switches their supply, makes sure of the dark. Their own slow PWM beats with a rolling shutter, and a pulse is
a pixel's full current at any level: `camera_app.safety` refuses a zone whose peak passes its cap.
"""

from camera_app import hal
from drivers.currents import check_currents
from drivers.enable_line import EnableLine
from drivers.errors import DriverError

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only
    from drivers.machine_types import Pixels


class NeoPixelRing(hal.Ring):
    """`zones`: the pixels of each zone; `pixel_ua`: one pixel's current at full white, as measured."""

    def __init__(
        self,
        pixels: "Pixels",
        zones: "tuple[tuple[int, ...], ...]",
        pixel_ua: int,
        zone_cap_ua: int,
        line: EnableLine,
    ) -> None:
        self._pixels = pixels
        self._zones = zones
        self._pixel_ua = pixel_ua
        self._line = line
        self.rated_ua = zone_cap_ua
        self.peak_ua = max([pixel_ua * len(numbers) for numbers in zones])

    def apply(self, currents_ua: "list[int]") -> None:
        """Send all pixels, those of no zone dark; after `DriverError` each has its old or its new light."""
        check_currents(currents_ua, len(self._zones), self.rated_ua)
        pixels = self._pixels
        for number in range(pixels.n):
            pixels[number] = (0, 0, 0)
        for numbers, current in zip(self._zones, currents_ua):
            part = min(255, current * 255 // (len(numbers) * self._pixel_ua))
            for number in numbers:
                pixels[number] = (part, part, part)
        try:
            pixels.write()
        except OSError as error:
            raise DriverError("the pixels were not sent: {}".format(error))

    def enable(self, on: bool) -> None:
        """Switch their supply."""
        self._line.set(on)
