"""The camera is reset or loses its power: what it had accepted is kept, or reported as lost."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from oralcam import Camera, CaptureLost, DeviceDisconnected, Event
from oralcam.emulator import Bench, Emulator
from oralcam.emulator.scene import Exposure, Frame
from oralcam.errors import EmulatorError
from oralcam.link.deadlines import Deadlines
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from tests.end_to_end.conftest import jpeg_of
from tests.faults.test_close import Waiter

DEADLINE_S = 60.0


class SlowScene:
    """A sensor that takes its time: `exposing` is set, then it waits for `go_on`."""

    def __init__(self) -> None:
        self.exposing = threading.Event()
        self.go_on = threading.Event()

    def expose(self, exposure: Exposure) -> Frame:
        del exposure
        self.exposing.set()
        assert self.go_on.wait(DEADLINE_S)
        return Frame(jpeg_of(30_000), 1600, 1200)


@pytest.fixture(params=["flash", "psram"])
def emulator(request: pytest.FixtureRequest, replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay, store=request.param, serial_number="EMU-9") as running:
        yield running


def opened(emulator: Emulator, tmp_path: Path) -> Camera:
    return Camera(emulator.port, spool=tmp_path / "spool", deadlines=Deadlines().faster(4))


def taken(emulator: Emulator, count: int) -> bool:
    return emulator.bench.wait_until(lambda bench: len(bench.accepted) == count)


@pytest.mark.parametrize("event", ["reset", "unplug"])
def test_an_accepted_photo_is_kept_by_flash_and_reported_by_psram(
    emulator: Emulator, tmp_path: Path, replay: Path, event: str
) -> None:
    keeps = "flash" in str(vars(emulator)["_environment"])
    emulator.bench.press()
    assert taken(emulator, 1)
    if event == "reset":
        emulator.reset()
    else:
        emulator.unplug()
        emulator.plug_in()
    with opened(emulator, tmp_path) as camera:
        photo = camera.next_press(DEADLINE_S if keeps else 0.5)
        if keeps:
            assert photo is not None
            assert (photo.jpeg, photo.press_number) == (replay.read_bytes(), 1)
            assert camera.losses == []
        else:
            assert photo is None
            assert camera.losses == [CaptureLost("EMU-9-000001", 1)]
            assert camera.health().captures_lost == 1
            assert "lost" in emulator.bench.shown
    with opened(emulator, tmp_path) as again:  # a loss is reported once
        assert again.losses == []
    assert len(contents_of(Spool(tmp_path / "spool")).losses) == (0 if keeps else 1)


@pytest.mark.parametrize("store", ["flash", "psram"])
def test_a_press_that_was_being_exposed_is_reported_and_so_are_those_in_line(
    tmp_path: Path, store: str
) -> None:
    scene = SlowScene()
    with Emulator(scene=scene, store=store, serial_number="EMU-9") as emulator:  # type: ignore[arg-type]
        emulator.bench.press(3)
        assert scene.exposing.wait(DEADLINE_S)
        pid = emulator.pid
        reset = threading.Thread(target=emulator.reset)
        reset.start()
        until(partial(has_ended, pid))  # the frame comes too late for it
        scene.go_on.set()
        reset.join()
        with opened(emulator, tmp_path) as camera:
            assert [lost.press_number for lost in camera.losses] == [1, 2, 3]
            emulator.bench.press()
            photo = camera.next_press(timeout=DEADLINE_S)
            assert photo is not None
            assert photo.press_number not in (1, 2, 3)


def test_a_scene_may_reset_the_camera_that_looks_at_it(tmp_path: Path) -> None:
    class Resetting:
        frames = 0

        def expose(self, exposure: Exposure) -> Frame:
            del exposure
            self.frames += 1
            if self.frames == 1:
                device.reset()
            return Frame(jpeg_of(30_000, seed=self.frames), 1600, 1200)

    with Emulator(scene=Resetting(), store="flash", serial_number="EMU-9") as device:
        device.bench.press()
        assert device.bench.wait_until(lambda bench: "lost" in bench.shown and bench.exposures == 1)
        with opened(device, tmp_path) as camera:
            assert [lost.press_number for lost in camera.losses] == [1]
            photo = camera.capture()  # the first board's frame is not taken for it
            assert photo.jpeg == jpeg_of(30_000, seed=2)


def test_losses_survive_further_resets_until_a_host_knows(tmp_path: Path, replay: Path) -> None:
    with Emulator(replay=replay, store="psram", serial_number="EMU-9") as emulator:
        emulator.bench.press()
        assert taken(emulator, 1)
        emulator.reset()
        emulator.bench.press()
        assert taken(emulator, 2)
        emulator.reset("hard")
        emulator.reset("soft")
        with opened(emulator, tmp_path) as camera:
            assert len(camera.losses) == 2
        emulator.reset()
        with opened(emulator, tmp_path) as camera:
            assert camera.losses == []
            assert camera.health().captures_lost == 0


def test_a_loss_in_the_middle_of_a_session_is_an_event(tmp_path: Path, replay: Path) -> None:
    with (
        Emulator(replay=replay, store="psram", serial_number="EMU-9") as device,
        opened(device, tmp_path) as camera,
    ):
        lost: list[Event] = []
        told = threading.Event()

        def callback(event: Event) -> None:
            if event.type == "capture_lost":
                lost.append(event)
                told.set()

        camera.on_event(callback)
        device.bench.press()  # and the program is busy with something else
        assert taken(device, 1)
        waiter = Waiter(lambda: list(camera.events()))
        device.reset()
        waiter.join(DEADLINE_S)
        assert isinstance(waiter.ended, DeviceDisconnected)
        assert told.wait(DEADLINE_S)
        assert [(event.capture_id, event.press_number) for event in lost] == [("EMU-9-000001", 1)]
        assert camera.wait_connected(DEADLINE_S)
        assert camera.losses == [CaptureLost("EMU-9-000001", 1)]
        assert camera.next_press(timeout=0) is None


def test_an_acknowledged_photo_is_never_reported(emulator: Emulator, tmp_path: Path) -> None:
    for _ in range(5):
        with opened(emulator, tmp_path) as camera:
            emulator.bench.press()
            photo = camera.next_press(timeout=DEADLINE_S)
            assert photo is not None
            photo.save(tmp_path / f"{photo.capture_id}.jpg")
        emulator.reset()
    with opened(emulator, tmp_path) as camera:
        assert camera.losses == []
        assert camera.photos_waiting == 0
    assert len(list(tmp_path.glob("*.jpg"))) == 6  # with the one that is replayed


def test_numbers_are_never_used_twice_however_often_it_is_killed(replay: Path) -> None:
    with Emulator(replay=replay, store="flash", serial_number="EMU-9") as emulator:
        accepted: list[int] = []
        for round in range(12):
            emulator.bench.press()
            if round % 3:
                before = len(accepted)
                assert emulator.bench.wait_until(partial(has_more_than, before))
            emulator.reset()
            accepted = list(emulator.bench.accepted)
        assert len(accepted) == len(set(accepted))
        assert accepted == sorted(accepted)


def test_the_reset_cause_is_told(emulator: Emulator, tmp_path: Path) -> None:
    with opened(emulator, tmp_path) as camera:
        assert camera.reset_cause == "power_on"
    for cause in ("watchdog", "hard", "soft"):
        emulator.reset(cause)
        with opened(emulator, tmp_path) as camera:
            assert camera.reset_cause == cause


def test_what_the_bench_has_set_stays_set(emulator: Emulator, tmp_path: Path) -> None:
    emulator.bench.set_tip_temperature(36.5)
    emulator.unplug()
    emulator.bench.set_supply(4.75)
    with pytest.raises(EmulatorError, match="not plugged in"):
        emulator.bench.advance_clock(1)
    with pytest.raises(EmulatorError, match="a press does nothing"):
        emulator.bench.press()
    emulator.plug_in()
    with opened(emulator, tmp_path) as camera:
        until(lambda: camera.health().tip_temperature_c == 36.5)
        assert camera.health().supply_v == 4.75


def test_the_port_is_gone_while_it_has_no_power_and_the_same_afterwards(emulator: Emulator) -> None:
    port = emulator.port
    emulator.unplug()
    emulator.unplug()
    assert not os.path.exists(port)
    with pytest.raises(EmulatorError, match="not plugged in"):
        _ = emulator.pid
    emulator.plug_in()
    emulator.plug_in()
    assert emulator.port == port
    assert os.path.exists(port)


def test_nothing_is_left_of_many_resets(replay: Path) -> None:
    threads, descriptors = set(threading.enumerate()), len(os.listdir("/proc/self/fd"))
    with Emulator(replay=replay) as emulator:
        for _ in range(5):
            emulator.reset()
        emulator.unplug()
    assert set(threading.enumerate()) == threads
    assert len(os.listdir("/proc/self/fd")) == descriptors
    with pytest.raises(EmulatorError, match="closed"):
        emulator.plug_in()


@pytest.mark.unix_board("20 MB are more than its memory")
def test_half_a_photo_goes_on_after_a_reset_of_a_camera_that_keeps_it(tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    large.write_bytes(jpeg_of(20_000_000))
    half = threading.Event()

    def progress(received: int, size: int) -> None:
        if received > size // 4 and not half.is_set():
            half.set()
            device.unplug()

    with (
        Emulator(replay=large, store="flash", serial_number="EMU-9") as device,
        opened(device, tmp_path) as camera,
    ):
        device.bench.press()
        with pytest.raises(DeviceDisconnected):
            camera.next_press(DEADLINE_S, progress=progress)
        assert half.is_set()
        device.plug_in()
        assert camera.wait_connected(DEADLINE_S)
        first: list[int] = []
        photo = camera.next_press(DEADLINE_S, progress=lambda received, size: first.append(received))
        assert photo is not None
        assert photo.sha256 == hashlib.sha256(large.read_bytes()).hexdigest()
        assert first[0] > 20_000_000 // 4


def has_more_than(count: int, bench: Bench) -> bool:
    return len(bench.accepted) > count


def has_ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
