"""The fault proxy with a real emulator behind it and the SDK in front."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from oralcam import Camera, DeviceDisconnected
from oralcam.emulator import Emulator
from oralcam.errors import EmulatorError, OralcamError
from oralcam.link.deadlines import Deadlines
from tests.faults.test_close import Waiter
from tools.faults.proxy.cable import Cable
from tools.faults.proxy.faults import Fault

DEADLINE_S = 60.0
MakeCable = Callable[[Emulator, Sequence[Fault]], Cable]


@pytest.fixture
def emulator(replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay, store="flash") as running:
        yield running


def opened(cable: Cable, tmp_path: Path) -> Camera:
    deadline = time.monotonic() + DEADLINE_S
    while not os.path.exists(cable.port):
        assert time.monotonic() < deadline
    return Camera(cable.port, spool=tmp_path / "spool", deadlines=Deadlines().faster(4))


def test_a_good_cable_is_not_noticed(
    emulator: Emulator, cable: MakeCable, tmp_path: Path, replay: Path
) -> None:
    with opened(cable(emulator, []), tmp_path) as camera:
        assert camera.capture().jpeg == replay.read_bytes()
        assert camera.health().frames_damaged == 0
        assert camera.link_counters.frames_unexpected == 0


@pytest.mark.parametrize(
    "fault",
    [
        Fault("drop", "up", 100_000, 5000),
        Fault("corrupt", "up", 100_000, 3),
        Fault("duplicate", "up", 100_000, 9000),
        Fault("reorder", "up", 100_000, 8000),
        Fault("truncate", "up", 100_000),
        Fault("delay", "up", 100_000, 5000, 0.2),
        Fault("rate", "up", 100_000, 5000, 0.3),
        Fault("stall", "up", 100_000, 0, 0.3),
        Fault("half_open", "up", 100_000, 0, 0.3),
        Fault("drop", "down", 60, 30),
        Fault("half_open", "down", 100, 0, 0.3),
        Fault("clock_jump", "up", 100_000, 0, 100.0),
    ],
    ids=str,
)
def test_a_bad_contact_in_the_middle_of_a_photo(
    emulator: Emulator, cable: MakeCable, tmp_path: Path, replay: Path, fault: Fault
) -> None:
    bad = cable(emulator, [fault])
    with opened(bad, tmp_path) as camera:
        assert camera.capture().jpeg == replay.read_bytes()
    assert bad.injected[fault.kind] == 1


def test_a_device_that_has_no_power_for_its_clock_stops_no_cable(
    emulator: Emulator, tmp_path: Path, replay: Path
) -> None:
    def jump(_seconds: float) -> None:
        raise EmulatorError("It is not plugged in.")

    with (
        Cable(emulator.port, [Fault("clock_jump", "up", 100_000, 0, 100.0)], on_clock_jump=jump) as bad,
        opened(bad, tmp_path) as camera,
    ):
        assert camera.capture().jpeg == replay.read_bytes()


@pytest.mark.parametrize("kind", ["cut", "reset"])
def test_a_photo_that_was_cut_is_there_when_the_cable_is(
    emulator: Emulator, cable: MakeCable, tmp_path: Path, replay: Path, kind: str
) -> None:
    with opened(cable(emulator, [Fault(kind, "up", 150_000)]), tmp_path) as camera:
        with pytest.raises(DeviceDisconnected):
            camera.capture()
        assert camera.wait_connected(DEADLINE_S)
        emulator.bench.press()
        assert camera.next_press(DEADLINE_S) is not None
        photos = sorted((tmp_path / "spool").glob("*.jpg"))
        assert [photo.read_bytes() for photo in photos] == [replay.read_bytes()] * 2
        assert set(emulator.bench.accepted) == {int(photo.stem.rpartition("-")[2]) for photo in photos}


def test_nobody_hangs_on_a_cable_that_is_open_at_one_end(
    emulator: Emulator, cable: MakeCable, tmp_path: Path
) -> None:
    with opened(cable(emulator, [Fault("half_open", "up", 50_000, 0, 30.0)]), tmp_path) as camera:
        waiter = Waiter(camera.capture)
        waiter.join(DEADLINE_S)
        assert isinstance(waiter.ended, OralcamError)


def test_pulled_and_plugged_by_hand(emulator: Emulator, cable: MakeCable, tmp_path: Path) -> None:
    by_hand = cable(emulator, [])
    with opened(by_hand, tmp_path) as camera:
        for _ in range(5):
            by_hand.pull()
            with pytest.raises(DeviceDisconnected):
                list(camera.presses())
            by_hand.plug_in()
            assert camera.wait_connected(DEADLINE_S)
        assert camera.capture().size == 300_000


def test_nothing_is_left_of_a_cable(emulator: Emulator) -> None:
    threads, descriptors = set(threading.enumerate()), len(os.listdir("/proc/self/fd"))
    cable = Cable(emulator.port, on_reset=emulator.reset)
    folder = Path(cable.port).parent
    cable.pull()
    cable.close()
    cable.close()
    assert set(threading.enumerate()) == threads
    assert len(os.listdir("/proc/self/fd")) == descriptors
    assert not folder.exists()
