"""`close` gives a camera back at once, whatever it is doing, and nobody is left waiting.

Every deadline of the link is set to an hour: a `close` that waited for one of them would not end in time.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.errors import CameraClosed, OralcamError
from oralcam.link.deadlines import Deadlines
from oralcam.trace.recorder import read_trace
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.frame import Decoder
from tests.end_to_end.conftest import jpeg_of
from tests.faults.lying_camera import LyingCamera

DEADLINE_S = 60.0
HOUR_S = 3600.0


def patient() -> Deadlines:
    """Deadlines for a program that has all day; `write` is the one that `close` may wait for."""
    deadlines = Deadlines()
    for name in ("hello", "request", "capture", "silence", "stall"):
        setattr(deadlines, name, HOUR_S)
    return deadlines


@pytest.fixture
def oralcam_camera(oralcam_emulator: Emulator, tmp_path: Path) -> Iterator[Camera]:
    with Camera(oralcam_emulator.port, spool=tmp_path / "spool", deadlines=patient()) as camera:
        yield camera


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """The camera hangs while the context lasts."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


class Waiter(threading.Thread):
    """A call that waits, and what it ended with."""

    def __init__(self, call: Callable[[], object]) -> None:
        super().__init__()
        self._call = call
        self.ended: object = None
        self.start()

    def run(self) -> None:
        try:
            self.ended = self._call()
        except OralcamError as error:
            self.ended = error


def closes_in_time(camera: Camera) -> bool:
    began = time.monotonic()
    camera.close()
    took_s = time.monotonic() - began
    readers = [thread for thread in threading.enumerate() if thread.name == f"oralcam-{camera.serial_number}"]
    return took_s < DEADLINE_S and not readers


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.jpg"
    path.write_bytes(jpeg_of(30_000_000))
    return path


def test_when_nothing_happens(oralcam_camera: Camera) -> None:
    assert closes_in_time(oralcam_camera)


def test_while_calls_wait_for_a_camera_that_hangs(oralcam_camera: Camera, oralcam_emulator: Emulator) -> None:
    with stopped(oralcam_emulator.pid):
        waiters = [
            Waiter(call)
            for call in (
                oralcam_camera.capture,
                oralcam_camera.health,
                oralcam_camera.lighting.off,
                lambda: list(oralcam_camera.presses()),
                lambda: list(oralcam_camera.events()),
            )
        ]
        assert closes_in_time(oralcam_camera)
        for waiter in waiters:
            waiter.join(DEADLINE_S)
            assert isinstance(waiter.ended, CameraClosed) or waiter.ended == []


def test_while_the_camera_takes_no_more_data(oralcam_emulator: Emulator) -> None:
    slow = patient()
    slow.write = HOUR_S
    camera = Camera(oralcam_emulator.port, deadlines=slow)
    with stopped(oralcam_emulator.pid):
        asking = [Waiter(camera.health) for _ in range(8)]
        full = Waiter(lambda: camera._link.connection._send(bytes(1 << 20)))
        time_to_fill = time.monotonic() + DEADLINE_S
        while not camera._link.connection._writing.locked():
            assert time.monotonic() < time_to_fill
        assert closes_in_time(camera)
        for waiter in [*asking, full]:
            waiter.join(DEADLINE_S)
            assert not waiter.is_alive()


def test_in_the_middle_of_a_photo(large: Path) -> None:
    with Emulator(replay=large) as emulator, Camera(emulator.port, deadlines=patient()) as camera:
        began = threading.Event()
        waiter = Waiter(lambda: camera.capture(progress=lambda received, size: began.set()))
        assert began.wait(DEADLINE_S)
        assert closes_in_time(camera)
        waiter.join(DEADLINE_S)
        assert isinstance(waiter.ended, CameraClosed)


def test_after_the_plug_was_pulled(oralcam_camera: Camera, oralcam_emulator: Emulator) -> None:
    oralcam_emulator.close()
    with pytest.raises(OralcamError):
        next(oralcam_camera.presses())  # from here on the SDK knows
    waiter = Waiter(lambda: oralcam_camera.wait_connected(DEADLINE_S))
    assert closes_in_time(oralcam_camera)
    waiter.join(DEADLINE_S)
    assert isinstance(waiter.ended, CameraClosed)


def test_while_a_camera_that_came_back_does_not_answer() -> None:
    hellos = threading.Semaphore(0)
    with LyingCamera() as liar:
        impatient = patient()
        impatient.silence = 0.1
        impatient.heartbeat = 0.05
        camera = Camera(liar.port, deadlines=impatient)

        def mute(request: object) -> bytes:
            hellos.release()
            return b""

        liar.hello = mute
        liar.answers = dict.fromkeys(range(20), lambda frame: None)
        assert hellos.acquire(timeout=DEADLINE_S)  # it is being greeted again
        assert closes_in_time(camera)


def test_twice_at_the_same_time(oralcam_camera: Camera) -> None:
    waiters = [Waiter(lambda: closes_in_time(oralcam_camera)) for _ in range(4)]
    for waiter in waiters:
        waiter.join(DEADLINE_S)
    assert [waiter.ended for waiter in waiters] == [True] * 4
    assert closes_in_time(oralcam_camera)


def test_nothing_is_left_over(oralcam_emulator: Emulator) -> None:
    threads, descriptors = set(threading.enumerate()), len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        camera = Camera.open(oralcam_emulator)
        camera.on_event(lambda event: None)
        assert closes_in_time(camera)
    deadline = time.monotonic() + DEADLINE_S
    while set(threading.enumerate()) != threads:  # the callbacks' threads end by themselves
        assert time.monotonic() < deadline
    assert len(os.listdir("/proc/self/fd")) == descriptors


def test_the_light_goes_out_with_close_and_not_only_when_heartbeats_are_missed(
    oralcam_emulator: Emulator, tmp_path: Path
) -> None:
    for number in range(10):  # the reader wakes up in the same moment: it must not give the port back first
        trace = tmp_path / f"{number}.trace"
        with Camera.open(oralcam_emulator, trace=trace) as camera:
            camera.lighting.preset("even")
        sent = Decoder().feed(b"".join(e.data for e in read_trace(trace) if e.to == "camera"))
        assert [frame.arg for frame in sent if frame.kind == Kind.REQ][-1] == Opcode.GOODBYE
        assert oralcam_emulator.bench.wait_until(lambda bench: not any(bench.ring_ma.values()))
