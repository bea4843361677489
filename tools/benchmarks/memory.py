"""P8: how much memory a photo takes in the host while it arrives."""

from __future__ import annotations

import json
import statistics
import sys

from oralcam.camera import Camera
from oralcam.emulator.emulator import Emulator
from tools.benchmarks.measuring import PHOTO_BYTES, Plan
from tools.benchmarks.rig import emulated_camera, press, run_program
from tools.benchmarks.table import Row, at_most

ROUNDS = 3  # allocations do not depend on who else uses the machine
NOTE = (
    "tracemalloc's peak over Camera.next_press and photo.jpeg, so with the bytes in the program's hands. "
    "Resident: growth of VmHWM by receiving the first photo, without .jpeg."
)


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P8 about memory."""
    with emulated_camera(plan) as emulator:
        figures = [_probe(plan, emulator) for _ in range(min(plan.rounds, ROUNDS))]
    peaks = {name: statistics.median(each[name] or 0 for each in figures) for name in figures[0]}
    size = f"{PHOTO_BYTES / 1e6:.2f} MB"
    return [
        Row(
            "P8",
            f"memory {what} / the photo",
            f"{peaks[name] / 1e6:.2f} MB",
            size,
            peaks[name] / PHOTO_BYTES,
            limit,
            NOTE,
        )
        for name, what, limit in (
            ("in_hand", "at most, photo.jpeg included", at_most(1.15)),
            ("arriving", "at most while it arrives in the spool", None),
            ("resident", "by which the process grows", None),
        )
        if figures[0][name] is not None
    ]


def _probe(plan: Plan, emulator: Emulator) -> dict[str, int | None]:
    with Camera(emulator.port, spool=plan.folder / "spool") as camera:
        press(emulator, camera)
        press(emulator, camera)
    said = run_program(
        [sys.executable, "-m", "tools.benchmarks.memory_probe", emulator.port, plan.folder / "spool"]
    )
    figures: dict[str, int | None] = json.loads(said)
    return figures
