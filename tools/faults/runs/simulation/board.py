"""A camera board in memory: what survives a reset, what does not, and a power cut between any two writes."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Callable

from camera_app import hal
from oralcam_protocol.wire.codec import Photo
from oralcam_protocol.wire.enums import Capability
from tools.faults.runs.simulation.cable import Cable, CameraEnd
from tools.faults.runs.simulation.world import World

BODY_MC = 34000


class PowerCut(BaseException):
    """Nothing of this boot runs after this."""


class Remains:
    """What is left of a board without power, and what the judge needs to know of it."""

    def __init__(self, chance: random.Random, *, keeps_photos: bool, largest_photo: int, room: int) -> None:
        self.chance = chance
        self.keeps_photos = keeps_photos
        self.largest_photo = largest_photo
        self.room = room
        self.records: dict[str, bytes] = {}
        self.photos: dict[int, bytearray] = {}
        self.descriptions: dict[int, bytes] = {}
        self.accepted: dict[int, str] = {}  # SHA-256 of every photo that ever was
        self.pressed: set[int] = set()  # of these, the ones that a press asked for
        self.shown: list[str] = []
        self.writes_until_cut: list[
            int
        ] = []  # the power fails in the middle of these writes, one after the other


class SimulatedBoard(hal.Board):
    """One boot of the board."""

    name = "simulated"
    serial_number = "SIM-1"

    def __init__(
        self,
        world: World,
        cable: Cable,
        remains: Remains,
        reset_cause: int,
        power_cut: Callable[[], None],
    ) -> None:
        self.reset_cause = reset_cause
        self.capabilities = Capability.PHOTOS_SURVIVE_RESET if remains.keeps_photos else 0
        self.off = False
        self._cable = cable
        self._power_cut = power_cut
        self._remains = remains
        self._chance = remains.chance
        self.links = [CameraEnd(cable)]
        self.ticks = self.counter = _Ticks(world)
        self.button = self.finger = _Button(world, self.counter)
        self.ring = _Ring()
        self.watchdog = _Watchdog()
        self.indicator = _Indicator(remains)
        self.sensors = _Sensors()
        self.sensor = _Sensor(self.counter, remains)
        self.store = _Store(self, remains)
        self.records = _Records(self, remains)

    def write(self) -> bool:
        """Something is about to be written; False if the power fails in the middle of it."""
        if self.off:
            raise PowerCut
        cuts = self._remains.writes_until_cut
        if cuts:
            cuts[0] -= 1
            if cuts[0] < 0:
                del cuts[0]
                self.off = True
                self._cable.pull()  # not a word more, whatever the application's `finally` clauses do
                self._power_cut()
                return False
        return True

    def reset(self) -> None:
        """By itself, as after a service that kept failing."""
        self.off = True
        self._cable.pull()
        self._power_cut()
        raise PowerCut

    def random_u32(self) -> int:
        """From the seed."""
        return self._chance.getrandbits(32)


class _Ticks(hal.Ticks):
    def __init__(self, world: World) -> None:
        self._world = world
        self.ahead_us = 0

    def ticks_us(self) -> int:
        return (round(self._world.now_s * 1e6) + self.ahead_us) % self.WRAP_US


class _Button(hal.ButtonInput):
    """A finger on it."""

    def __init__(self, world: World, ticks: _Ticks) -> None:
        self._world = world
        self._ticks = ticks
        self._level = False
        self._edges: list[tuple[bool, int]] = []
        self._changed = asyncio.Event()

    def press(self, hold_s: float) -> None:
        """Down now, up later."""
        self._set(True)
        self._world.at(self._world.now_s + hold_s, lambda: self._set(False))

    def _set(self, pressed: bool) -> None:
        self._level = pressed
        self._edges.append((pressed, self._ticks.ticks_us()))
        self._changed.set()

    async def wait(self) -> None:
        await self._changed.wait()
        self._changed.clear()

    def take_edge(self) -> tuple[bool, int] | None:
        return self._edges.pop(0) if self._edges else None

    def pressed(self) -> bool:
        return self._edges[0][0] if self._edges else self._level


class _Ring(hal.Ring):
    def enable(self, on: bool) -> None:
        pass

    def apply(self, currents_ua: list[int]) -> None:
        pass


class _Watchdog(hal.Watchdog):
    def start(self, timeout_ms: int) -> None:
        pass

    def feed(self) -> None:
        pass


class _Indicator(hal.Indicator):
    def __init__(self, remains: Remains) -> None:
        self._remains = remains

    def show(self, pattern: str) -> None:
        self._remains.shown.append(pattern)


class _Sensors(hal.Sensors):
    def tip_temperature_mc(self) -> int | None:
        return BODY_MC

    def supply_mv(self) -> int:
        return 5000


class _Sensor(hal.Sensor):
    def __init__(self, ticks: _Ticks, remains: Remains) -> None:
        self._ticks = ticks
        self._remains = remains

    async def expose(self, exposure_us: int, gain_milli: int, jpeg_quality: int) -> None:
        self._asked = (self._ticks.ticks_us(), exposure_us, gain_milli)
        await asyncio.sleep(exposure_us / 1e6)

    async def frame(self) -> hal.SensorFrame:
        start, exposure_us, gain_milli = self._asked
        end = self._ticks.ticks_us()
        await asyncio.sleep(0.03)
        chance = self._remains.chance
        self._frame = chance.randbytes(chance.randint(1, self._remains.largest_photo))
        return hal.SensorFrame(len(self._frame), 640, 480, start, end, exposure_us, gain_milli)

    def readinto(self, offset: int, view: memoryview) -> int:
        piece = self._frame[offset : offset + len(view)]
        view[: len(piece)] = piece
        return len(piece)


class _Store(hal.PhotoStore):
    def __init__(self, board: SimulatedBoard, remains: Remains) -> None:
        self.survives_reset = remains.keeps_photos
        self._board = board
        self._remains = remains
        if not remains.keeps_photos:
            remains.photos.clear()
            remains.descriptions.clear()
        for number in list(remains.photos):
            if number not in remains.descriptions:
                del remains.photos[number]  # never accepted

    def _write(self) -> None:
        if not self._board.write():
            raise PowerCut

    def reserve(self, capture_id: int, size: int) -> bool:
        self._write()
        if size > self.free_bytes():
            return False
        self._remains.photos[capture_id] = bytearray(size)
        return True

    def write(self, capture_id: int, offset: int, view: memoryview) -> None:
        self._write()
        self._remains.photos[capture_id][offset : offset + len(view)] = view

    def commit(self, capture_id: int, description: bytes) -> None:
        self._write()
        self._remains.descriptions[capture_id] = description
        self._remains.accepted[capture_id] = hashlib.sha256(self._remains.photos[capture_id]).hexdigest()
        if Photo.unpack(description).press_number:
            self._remains.pressed.add(capture_id)

    def readinto(self, capture_id: int, offset: int, view: memoryview) -> int:
        piece = self._remains.photos[capture_id][offset : offset + len(view)]
        view[: len(piece)] = piece
        return len(piece)

    def free(self, capture_id: int) -> None:
        self._write()
        self._remains.descriptions.pop(capture_id, None)
        self._remains.photos.pop(capture_id, None)

    def held(self) -> list[tuple[int, bytes]]:
        return list(self._remains.descriptions.items())

    def free_bytes(self) -> int:
        return self._remains.room - sum(map(len, self._remains.photos.values()))


class _Records(hal.Records):
    def __init__(self, board: SimulatedBoard, remains: Remains) -> None:
        self._board = board
        self._remains = remains

    def load(self, name: str) -> bytes:
        return self._remains.records.get(name, b"")

    def save(self, name: str, data: bytes) -> None:
        if not self._board.write():
            torn = self._remains.chance.randint(0, len(data))
            self._remains.records[name] = bytes(data[:torn])
            raise PowerCut
        self._remains.records[name] = bytes(data)
