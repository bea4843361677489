"""The LED ring: its driver's currents and its enable line go to the bench, which decides what is lit."""

from boards.bench.channel import Channel
from boards.bench.faults import Faults
from camera_app import hal


class BenchRing(hal.Ring):
    """What it is told goes out to the bench. `lit` is for the thermometers: light warms them."""

    def __init__(self, channel: Channel, faults: Faults) -> None:
        self._channel = channel
        self._faults = faults
        self._told = 0
        self._enabled = False
        self._currents_ua: "list[int]" = []
        channel.listeners["ring_faults"] = self._set_faults

    def _set_faults(self, faults: int) -> None:
        self._told = faults

    @property
    def lit(self) -> bool:
        """Is there any light?"""
        return self._enabled and any(self._currents_ua)

    def enable(self, on: bool) -> None:
        """Set the enable line."""
        if not self._faults.meet("ring.enable"):
            self._enabled = on
            self._channel.say("enable", on)

    def apply(self, currents_ua: "list[int]") -> None:
        """Drive the zones."""
        if not self._faults.meet("ring.apply"):
            self._currents_ua = currents_ua
            self._channel.say("ring", currents_ua)

    def faults(self) -> int:
        """As the bench set them."""
        self._faults.meet("ring.faults")
        return self._told
