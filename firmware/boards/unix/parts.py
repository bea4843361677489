"""Button, ring, indicator, thermometer, sensor, ticks and numbers, at the other end of the bench channel."""

import asyncio

from boards.unix import runtime
from boards.unix.bench import Bench
from camera_app import hal
from oralcam_protocol.wire.enums import Zone

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has neither module
    from io import BufferedReader
    from typing import Any

EXPOSE_TIMEOUT_S = 10
RECORD_MAX = 4096
ZONE_NAMES = {
    Zone.ANTERIOR: "anterior",
    Zone.POSTERIOR_LEFT: "posterior_left",
    Zone.POSTERIOR_RIGHT: "posterior_right",
}


class BenchTicks(hal.Ticks):
    """MicroPython's microsecond counter, which the bench can push ahead."""

    def __init__(self, bench: Bench) -> None:
        self._ahead_us = 0
        bench.listeners["clock_us"] = self._push

    def _push(self, ahead_us: int) -> None:
        self._ahead_us += ahead_us

    def ticks_us(self) -> int:
        """Microseconds, wrapping."""
        return (runtime.ticks_us() + self._ahead_us) % self.WRAP_US


class BenchButton(hal.ButtonInput):
    """The bench presses it."""

    def __init__(self, bench: Bench, ticks: BenchTicks) -> None:
        self._bench = bench
        self._ticks = ticks
        self._level = False
        self._edges: "list[tuple[bool, int]]" = []
        self._changed = asyncio.Event()
        bench.listeners["button"] = self._set

    def _set(self, pressed: bool) -> None:
        self._level = pressed
        self._edges.append((pressed, self._ticks.ticks_us()))
        self._changed.set()
        self._bench.say("button", pressed)  # a hand that holds it counts from here

    async def wait(self) -> None:
        """Return when there is an edge."""
        await self._changed.wait()
        self._changed.clear()

    def take_edge(self) -> "tuple[bool, int] | None":
        """The next edge."""
        return self._edges.pop(0) if self._edges else None

    def pressed(self) -> bool:
        """The level now."""
        return self._edges[0][0] if self._edges else self._level


class BenchRing(hal.Ring):
    """Its currents are what the emulated sensor sees, and what a light meter on the bench measures."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.currents_ua = [0, 0, 0]

    def apply(self, currents_ua: "list[int]") -> None:
        """Drive the zones."""
        self.currents_ua = currents_ua
        self._bench.say("ring", currents_ua)


class BenchIndicator(hal.Indicator):
    """The bench sees it."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def show(self, pattern: str) -> None:
        """Show a pattern."""
        self._bench.say("show", pattern)


class BenchSensors(hal.Sensors):
    """The bench sets what they measure."""

    def __init__(self, bench: Bench) -> None:
        self._tip_mc: "int | None" = 34000
        self._supply_mv = 5000
        bench.listeners["tip_temperature_mc"] = self._set_tip
        bench.listeners["supply_mv"] = self._set_supply

    def _set_tip(self, value: "int | None") -> None:
        self._tip_mc = value

    def _set_supply(self, value: int) -> None:
        self._supply_mv = value

    def tip_temperature_mc(self) -> "int | None":
        """As the bench set it."""
        return self._tip_mc

    def supply_mv(self) -> int:
        """As the bench set it."""
        return self._supply_mv


class BenchSensor(hal.Sensor):
    """Asks the bench what the scene looks like in this light; the frame waits in a file, outside the heap."""

    def __init__(self, bench: Bench, ring: BenchRing, ticks: BenchTicks, frame_path: str) -> None:
        self._bench = bench
        self._ring = ring
        self._ticks = ticks
        self._frame_path = frame_path
        self._file: "BufferedReader | None" = None
        self._answer: "dict[str, Any]" = {}
        self._answered = asyncio.Event()
        self._broken = False
        bench.listeners["frame"] = self._take_answer
        bench.listeners["sensor"] = self._set_state

    def _set_state(self, state: str) -> None:
        self._broken = state == "broken"

    def _take_answer(self, frame: "dict[str, Any]") -> None:
        self._answer = frame
        self._answered.set()

    async def expose(self, exposure_us: int, gain_milli: int, jpeg_quality: int) -> hal.SensorFrame:
        """One frame of the scene, lit as the ring is now."""
        if self._broken:
            raise OSError("sensor does not answer")
        start = self._ticks.ticks_us()
        self._answered.clear()
        self._bench.say(
            "expose",
            {
                "light_ua": {
                    ZONE_NAMES[zone]: current for zone, current in enumerate(self._ring.currents_ua)
                },
                "exposure_us": exposure_us,
                "gain_milli": gain_milli,
                "jpeg_quality": jpeg_quality,
            },
        )
        try:
            await asyncio.wait_for(self._answered.wait(), EXPOSE_TIMEOUT_S)
        except asyncio.TimeoutError:
            raise OSError("no frame in time")
        frame = self._answer
        if "error" in frame:
            raise OSError(frame["error"])
        passed_us = (self._ticks.ticks_us() - start) % self._ticks.WRAP_US
        if passed_us < exposure_us:
            await asyncio.sleep((exposure_us - passed_us) / 1000000)
        end = (start + exposure_us) % self._ticks.WRAP_US
        if self._file is not None:
            self._file.close()
        self._file = open(self._frame_path, "rb")
        return hal.SensorFrame(frame["size"], frame["width"], frame["height"], start, end)

    def readinto(self, offset: int, view: memoryview) -> int:
        """Copy the frame's bytes."""
        if self._file is None:
            return 0
        self._file.seek(offset)
        return self._file.readinto(view)


class FileRecords(hal.Records):
    """A file a record."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def load(self, name: str) -> bytes:
        """What is there."""
        try:
            with open(self._folder + "/" + name, "rb") as file:
                return file.read(RECORD_MAX)
        except OSError:
            return b""

    def save(self, name: str, data: bytes) -> None:
        """Not atomic, as on a board: the emulator may be killed between the two."""
        with open(self._folder + "/" + name, "wb") as file:
            file.write(data)
