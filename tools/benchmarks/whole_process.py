"""P7: `oralcam capture` of 2 MB as a whole process, from its start to its end."""

from __future__ import annotations

import statistics
import time

from oralcam.camera import Camera
from oralcam.emulator.emulator import Emulator
from tools.benchmarks.measuring import PHOTO_BYTES, Plan, paired, seconds
from tools.benchmarks.rig import BenchFailed, emulated_camera, press, run_program
from tools.benchmarks.startup import BASELINE, console_script
from tools.benchmarks.table import Row, at_most

ALLOWANCE_S = 0.025
WHAT = "oralcam capture -o FILE, 2 MB / baseline + 2 transfers + 25 ms"
NOTE = (
    "Baseline: the bare process of P6. Transfer: from asking for a stored photo to its last verified byte, "
    "by the SDK, on the same pty in the same round. The whole process includes exposure, storing in the "
    "camera, fsync."
)


def measure(plan: Plan) -> list[Row]:
    """Return the row of P7 about the whole process; first_byte.py has the others."""
    target = plan.folder / "captured.jpg"
    with emulated_camera(plan) as emulator:
        command = (console_script(), "capture", "--port", emulator.port, "-o", target)

        def capture() -> float:
            target.unlink(missing_ok=True)
            time_s = seconds(lambda: run_program(command))
            if target.stat().st_size != PHOTO_BYTES:
                raise BenchFailed("oralcam capture wrote something else")
            return time_s

        times = paired(
            {
                "capture": capture,
                "baseline": lambda: seconds(lambda: run_program(BASELINE)),
                "transfer": lambda: _transfer(plan, emulator),
            },
            plan.rounds,
            plan.chance("P7"),
        )
    allowed = [
        baseline + 2 * transfer + ALLOWANCE_S
        for baseline, transfer in zip(times["baseline"], times["transfer"], strict=True)
    ]
    ratio = statistics.median(ours / limit for ours, limit in zip(times["capture"], allowed, strict=True))
    medians = {name: statistics.median(values) * 1e3 for name, values in times.items()}
    peer = f"{medians['baseline']:.1f} + 2 x {medians['transfer']:.1f} + 25 ms"
    return [Row("P7", WHAT, f"{medians['capture']:.1f} ms", peer, ratio, at_most(1), NOTE)]


def _transfer(plan: Plan, emulator: Emulator) -> float:
    ends: list[float] = []

    def progress(received: int, size: int) -> None:
        if received == size:
            ends.append(time.perf_counter())

    with Camera(emulator.port, spool=plan.folder / "spool") as camera:
        press(emulator, camera)
        start = time.perf_counter()
        if camera.next_press(5, progress=progress) is None:
            raise BenchFailed("the photo of the press did not come")
        return ends[0] - start
