"""A ring whose zones are channels of a PCA9955B."""

from camera_app import hal
from drivers.currents import check_currents
from drivers.enable_line import EnableLine
from drivers.pca9955b import PCA9955B

REPEATED = 3  # single readings of the error flags were seen to be wrong (electronics.stackexchange 272720)
SHORT_BITS, OPEN_BITS = 0x55, 0xAA  # of EFLAG: two bits a channel


class PCA9955BRing(hal.Ring):
    """`zones`: the channels of each zone, which share its current; `zone_cap_ua`: the board's number.

    It holds for the peak of a zone too: dimming is by current, and PWM fills less than a step.
    """

    def __init__(
        self, chip: PCA9955B, zones: "tuple[tuple[int, ...], ...]", zone_cap_ua: int, line: EnableLine
    ) -> None:
        self._chip = chip
        self._zones = zones
        self._line = line
        self.rated_ua = zone_cap_ua
        self.peak_ua = max([chip.peak_ua(zone_cap_ua // len(each)) * len(each) for each in zones])
        self._ready = False  # after every failure the chip is set up from the start
        self._shorts = 0  # readings in a row that told of one
        self._opens = 0

    def apply(self, currents_ua: "list[int]") -> None:
        """Drive the zones; whatever else than ValueError is raised, what they do now is unknown."""
        check_currents(currents_ua, len(self._zones), self.rated_ua)
        ready, self._ready = self._ready, False
        if not ready:
            self._chip.start()
        self._chip.want_dark()
        for channels, current in zip(self._zones, currents_ua):
            for channel in channels:
                self._chip.want(channel, current // len(channels), self.rated_ua // len(channels))
        self._chip.drive()
        self._ready = True

    def enable(self, on: bool) -> None:
        """Let the outputs follow the chip, or be dark whatever it does."""
        self._line.set(on)

    def faults(self) -> int:
        """Return HOT at once, SHORT and OPEN once REPEATED readings in a row told of one."""
        hot, flags = self._chip.read_flags()
        self._shorts = self._shorts + 1 if any(byte & SHORT_BITS for byte in flags) else 0
        self._opens = self._opens + 1 if any(byte & OPEN_BITS for byte in flags) else 0
        return (
            (self.HOT if hot else 0)
            | (self.SHORT if self._shorts >= REPEATED else 0)
            | (self.OPEN if self._opens >= REPEATED else 0)
        )
