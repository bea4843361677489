"""The rest of a board, for the whole application: sensor, store, records, button, indicator, link."""

from __future__ import annotations

import asyncio

from camera_app import hal
from tools.faults.light.hardware import Hardware, Reset
from tools.faults.light.parts import Ring, Sensors, Ticks, Watchdog

SILENT = "silent"  # a coroutine that never comes back
LINK_ROOM = 8192
CALLS = (
    "sensor.expose",
    "sensor.frame",
    "sensor.readinto",
    "sensor.recover",
    "store.reserve",
    "store.write",
    "store.commit",
    "store.free",
    "records.save",
    "button.take_edge",
    "indicator.show",
)


class Link(hal.Link):
    """What the host says comes in; what the camera says waits until the host reads."""

    def __init__(self) -> None:
        self.to_camera = bytearray()
        self.to_host = bytearray()
        self._woken = asyncio.Event()

    def say(self, data: bytes) -> None:
        """From the host."""
        self.to_camera += data
        self._woken.set()

    async def readinto(self, buffer: bytearray) -> int:
        while not self.to_camera:
            self._woken.clear()
            await self._woken.wait()
        count = min(len(buffer), len(self.to_camera))
        buffer[:count] = self.to_camera[:count]
        del self.to_camera[:count]
        return count

    def write(self, view: memoryview) -> int:
        taken = min(len(view), LINK_ROOM - len(self.to_host))
        self.to_host += view[:taken]
        return taken

    async def writable(self) -> None:
        while len(self.to_host) >= LINK_ROOM:
            await asyncio.sleep(0.05)


class Sensor(hal.Sensor):
    """A frame of a kilobyte."""

    def __init__(self, hardware: Hardware, ticks: hal.Ticks) -> None:
        self._hardware = hardware
        self._ticks = ticks
        self._asked = (0, 0, 0)

    async def expose(self, exposure_us: int, gain_milli: int, jpeg_quality: int) -> None:
        self._asked = (self._ticks.ticks_us(), exposure_us, gain_milli)
        await self._meet("sensor.expose")
        await asyncio.sleep(exposure_us / 1e6)

    async def frame(self) -> hal.SensorFrame:
        start, exposure_us, gain_milli = self._asked
        await self._meet("sensor.frame")
        await asyncio.sleep(0.03)
        return hal.SensorFrame(1000, 640, 480, start, self._ticks.ticks_us(), exposure_us, gain_milli)

    async def recover(self) -> None:
        await self._meet("sensor.recover")

    async def _meet(self, call: str) -> None:
        if self._hardware.meet(call) == SILENT:
            await asyncio.Event().wait()

    def readinto(self, offset: int, view: memoryview) -> int:
        self._hardware.meet("sensor.readinto")
        return len(view)


class Store(hal.PhotoStore):
    """PSRAM."""

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware
        self._sizes: dict[int, int] = {}

    def reserve(self, capture_id: int, size: int) -> bool:
        self._hardware.meet("store.reserve")
        self._sizes[capture_id] = size
        return len(self._sizes) < 40

    def write(self, capture_id: int, offset: int, view: memoryview) -> None:
        self._hardware.meet("store.write")

    def commit(self, capture_id: int, description: bytes) -> None:
        self._hardware.meet("store.commit")

    def readinto(self, capture_id: int, offset: int, view: memoryview) -> int:
        return len(view)

    def free(self, capture_id: int) -> None:
        self._hardware.meet("store.free")
        self._sizes.pop(capture_id, None)

    def held(self) -> list[tuple[int, bytes]]:
        return []

    def free_bytes(self) -> int:
        return 40_000 - sum(self._sizes.values())


class Records(hal.Records):
    """Flash."""

    def __init__(self, hardware: Hardware, content: dict[str, bytes]) -> None:
        self._hardware = hardware
        self._content = content

    def load(self, name: str) -> bytes:
        return self._content.get(name, b"")

    def save(self, name: str, data: bytes) -> None:
        if self._hardware.meet("records.save") is None:
            self._content[name] = bytes(data)


class Button(hal.ButtonInput):
    """A finger."""

    def __init__(self, hardware: Hardware, ticks: hal.Ticks) -> None:
        self._hardware = hardware
        self._ticks = ticks
        self._level = False
        self._edges: list[tuple[bool, int]] = []
        self._changed = asyncio.Event()

    def move(self, pressed: bool) -> None:
        """Down or up."""
        self._level = pressed
        if "ticks" not in self._hardware.faults and not self._hardware.hung:
            self._edges.append((pressed, self._ticks.ticks_us()))
        self._changed.set()

    async def wait(self) -> None:
        await self._changed.wait()
        self._changed.clear()

    def take_edge(self) -> tuple[bool, int] | None:
        self._hardware.meet("button.take_edge")
        return self._edges.pop(0) if self._edges else None

    def pressed(self) -> bool:
        return self._edges[0][0] if self._edges else self._level


class Indicator(hal.Indicator):
    """A lamp."""

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware

    def show(self, pattern: str) -> None:
        self._hardware.meet("indicator.show")


class Board(hal.Board):
    """One boot."""

    name = "light"
    serial_number = "LIGHT-1"

    def __init__(
        self, hardware: Hardware, rated_ua: int, content: dict[str, bytes], reset_cause: int
    ) -> None:
        self._hardware = hardware
        self.reset_cause = reset_cause
        self.link = Link()
        self.links = [self.link]
        self.ticks = Ticks(hardware)
        self.ring = Ring(hardware, rated_ua)
        self.watchdog = Watchdog(hardware)
        self.sensors = Sensors(hardware)
        self.sensor = Sensor(hardware, self.ticks)
        self.store = Store(hardware)
        self.records = Records(hardware, content)
        self.finger = self.button = Button(hardware, self.ticks)
        self.indicator = Indicator(hardware)

    def random_u32(self) -> int:
        return self._hardware.chance.getrandbits(32)

    def reset(self) -> None:
        self._hardware.hung = True  # whatever `finally` clauses do, it has no effect any more
        raise Reset
