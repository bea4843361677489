"""The emulated rig, put together from its environment.

ORALCAM_BENCH_FD: the channel to the emulated world; ORALCAM_SERIAL. Over the channel (JSON lines, as the
camera's emulator): to the world {"started": true}, {"button": true}, {"power": false}, {"heater": true}; from
it the same once it is so, and {"light": [mv, mv, mv]}, {"temperature_mc": 34000 or null}.
"""

import asyncio
import os

from boards.bench import runtime
from boards.bench.channel import Channel
from boards.bench.runtime import ByteStream
from boards.unix.link import DescriptorLink
from camera_app.hal import Ticks
from oralcam_protocol.wire.enums import ResetCause
from rig_app import hal
from rig_app.messages import ZONES

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable


class UnixTicks(Ticks):
    """MicroPython's microsecond counter."""

    def ticks_us(self) -> int:
        """Microseconds, wrapping."""
        return runtime.ticks_us() % self.WRAP_US


class WorldContact(hal.Contact):
    """A contact in the emulated world: it has changed when the world says so."""

    def __init__(self, bench: Channel, ticks: Ticks, word: str) -> None:
        self._bench = bench
        self._ticks = ticks
        self._word = word
        self._changed = asyncio.Event()
        self._turn = asyncio.Lock()
        bench.listeners[word] = self._noticed

    def _noticed(self, on: bool) -> None:
        self._changed.set()

    async def set(self, on: bool) -> int:
        """The moment is that of the order: what the world takes longer for is its own affair."""
        async with self._turn:
            self._changed.clear()
            at = self._ticks.ticks_us()
            self._bench.say(self._word, on)
            await self._changed.wait()
            return at

    def off_at_once(self) -> None:
        """Order it, and do not wait."""
        self._bench.say(self._word, False)


class WorldLight(hal.LightSensors):
    """The world tells every change; a sample is a change."""

    def __init__(self, bench: Channel, ticks: Ticks) -> None:
        self._ticks = ticks
        self._now = [0] * ZONES
        self._samples: "list[tuple[int, list[int]]]" = []
        self._watched = False
        self._wake = asyncio.Event()
        bench.listeners["light"] = self._set

    def _set(self, millivolts: "list[int]") -> None:
        self._now = millivolts
        if self._watched:
            self._samples.append((self._ticks.ticks_us(), millivolts))
            self._wake.set()

    def read(self) -> "list[int]":
        """As the world told last."""
        return self._now

    async def watch(self, take: "Callable[[int, list[int]], bool]") -> None:
        """The light as it is, then every change of it."""
        self._samples = [(self._ticks.ticks_us(), self._now)]
        self._watched = True
        try:
            while True:
                while self._samples:
                    if take(*self._samples.pop(0)):
                        return
                self._wake.clear()
                await self._wake.wait()
        finally:
            self._watched = False


class WorldThermometer(hal.Thermometer):
    """The world sets it."""

    def __init__(self, bench: Channel) -> None:
        self._reading_mc: "int | None" = None
        bench.listeners["temperature_mc"] = self._set

    def _set(self, reading_mc: "int | None") -> None:
        self._reading_mc = reading_mc

    def read_mc(self) -> "int | None":
        """As the world told last."""
        return self._reading_mc


class UnixRigBoard(hal.RigBoard):
    """MicroPython's unix port as a rig controller."""

    name = "rig-unix"

    def __init__(self) -> None:
        self._bench = Channel(ByteStream(open(int(os.getenv("ORALCAM_BENCH_FD") or "-1"), "r+b")))
        self.serial_number = os.getenv("ORALCAM_SERIAL") or ""
        self.reset_cause = ResetCause.POWER_ON
        self.link = DescriptorLink(0, 1)
        self.ticks = UnixTicks()
        self.button = WorldContact(self._bench, self.ticks, "button")
        self.power = WorldContact(self._bench, self.ticks, "power")
        self.heater = WorldContact(self._bench, self.ticks, "heater")
        self.light = WorldLight(self._bench, self.ticks)
        self.thermometer = WorldThermometer(self._bench)

    def random_u32(self) -> int:
        """From the operating system."""
        return int.from_bytes(os.urandom(4), "little")

    def started(self) -> None:
        """Tell the world."""
        self._bench.say("started", True)

    async def run(self) -> None:
        """Listen to the world."""
        await self._bench.run()
