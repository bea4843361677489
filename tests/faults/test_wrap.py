"""The camera's microsecond counter wraps every 17.9 minutes: nobody notices, in hours of virtual time."""

from __future__ import annotations

import random

import pytest

from oralcam.camera import Camera as SdkCamera
from oralcam.spool import Spool
from tools.faults.runs.simulation.board import Remains
from tools.faults.runs.simulation.cable import NAME, Cable
from tools.faults.runs.simulation.camera import Camera
from tools.faults.runs.simulation.computer import Computer
from tools.faults.runs.simulation.disk import MemoryDisk
from tools.faults.runs.simulation.world import World

HOURS = 1.5
EVERY_S = 97.0
WRAP_S = (1 << 30) / 1e6


def test_presses_are_photos_and_times_go_on_while_the_counter_wraps() -> None:
    world, disk = World(), MemoryDisk()
    chance = random.Random("wrap")
    cable = Cable(world, [], lambda fault: None)
    remains = Remains(chance, keeps_photos=True, largest_photo=500, room=1 << 20)
    device = Camera(world, cable, remains, lambda: 0.1)
    host = Computer(cable, disk, chance, 1 << 60)
    camera = SdkCamera(NAME, spool=Spool(disk), host=host)
    presses = int(HOURS * 3600 / EVERY_S)
    for number in range(presses):
        world.at(world.now_s + 1 + number * EVERY_S, lambda: device.press(0.05))
    first_s = host.unix_time() + 1
    for number in range(presses):
        photo = camera.next_press(timeout=EVERY_S + 1)
        assert photo is not None
        assert photo.press_number == number + 1
        assert photo.taken_at is not None
        taken_s = photo.taken_at.timestamp()
        assert taken_s == pytest.approx(first_s + number * EVERY_S, abs=0.2)
    assert presses * EVERY_S > 4 * WRAP_S
    assert camera.health().uptime_s == pytest.approx(world.now_s - 100.0, abs=1)
    camera.close()
    world.end()
