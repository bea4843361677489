"""An emulated camera that sends one file again and again, on a CPU of its own, and a host that takes it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from oralcam.camera import Camera
from tools.benchmarks.measuring import DEVICE_CPU, PHOTO_BYTES, Plan, pin_process
from tools.testbeds.sample_photo import jpeg_of

if TYPE_CHECKING:
    from oralcam.emulator import Emulator

PROGRAM_TIMEOUT_S = 60.0
PRESS_TIMEOUT_S = 10.0


class BenchFailed(Exception):
    """Something under measurement did not do its job; its time would mean nothing."""


@contextmanager
def emulated_camera(plan: Plan, size: int = PHOTO_BYTES) -> Iterator[Emulator]:
    """Run an emulator whose every photo is one file of `size` bytes."""
    from oralcam.emulator import Emulator

    replay = plan.folder / f"replay-{size}.jpg"
    replay.write_bytes(jpeg_of(size, plan.chance("photo")))
    with Emulator(replay=replay) as emulator:
        pin_process(emulator.pid, DEVICE_CPU)
        yield emulator


def press(emulator: Emulator, camera: Camera) -> None:
    """Press the button and wait until the host knows of an accepted photo."""
    events = camera.events(PRESS_TIMEOUT_S)
    emulator.bench.press()
    if not any(event.type == "photo" for event in events):
        raise BenchFailed("the camera took no photo")


def run_program(command: Sequence[str | Path], timeout_s: float = PROGRAM_TIMEOUT_S) -> str:
    """Run a program to its end; return what it said. Raises `BenchFailed` unless it ends well."""
    name = " ".join(str(word) for word in command)
    try:
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, timeout=timeout_s, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchFailed(f"{name[:200]} failed: {error}") from error
    if done.returncode:
        raise BenchFailed(f"{name[:200]} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout + done.stderr
