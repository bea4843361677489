"""P4: a photo from the emulator, verified and durable, beside `mpremote cp` on the same kind of pty."""

from __future__ import annotations

import importlib.util
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

from oralcam.camera import Camera
from oralcam.emulator.emulator import Emulator
from tools.benchmarks.measuring import PHOTO_BYTES, Plan, median_ratio, megabytes_per_second, paired, seconds
from tools.benchmarks.pty_program import PtyProgram
from tools.benchmarks.rig import BenchFailed, emulated_camera, press, run_program
from tools.benchmarks.table import Row, at_least, peer_missing

MPREMOTE = "mpremote"
PEER_BYTES = 200_000  # mpremote takes 2 s for them
HIGH_SPEED_USB = 53  # MB/s, what bulk transfers can reach
WHAT = "2 MB photo, fetched, verified, durable / mpremote cp"
NOTE = (
    "Ours: Camera.next_press for an accepted photo: fetch, hash, fsync, rename, acknowledge. "
    f"mpremote copies {PEER_BYTES:,} bytes from the same MicroPython's REPL on a pty, without the time of "
    f"`mpremote exec pass`; both per byte. High-speed USB moves {HIGH_SPEED_USB} MB/s."
)


def measure(plan: Plan) -> list[Row]:
    """Return the row of P4."""
    with emulated_camera(plan) as emulator, Camera(emulator.port, spool=plan.folder / "spool") as camera:
        subjects: dict[str, Callable[[], float]] = {"ours": lambda: _photo(emulator, camera)}
        if importlib.util.find_spec("mpremote") is None:
            times = paired(subjects, plan.rounds, plan.chance("P4"))
            return [peer_missing("P4", WHAT, _speed(times["ours"]), MPREMOTE)]
        source = plan.folder / "mpremote-source"
        source.write_bytes(plan.chance("mpremote").randbytes(PEER_BYTES))
        with PtyProgram() as repl:
            subjects["mpremote"] = lambda: _mpremote(repl.port, source)
            times = paired(subjects, plan.rounds, plan.chance("P4"))
    ratio = median_ratio(times["mpremote"], times["ours"])
    return [Row("P4", WHAT, _speed(times["ours"]), _speed(times["mpremote"]), ratio, at_least(300), NOTE)]


def _photo(emulator: Emulator, camera: Camera) -> float:
    """Return the seconds a byte."""
    press(emulator, camera)
    photos = []
    time_s = seconds(lambda: photos.append(camera.next_press(5)))
    photo = photos[0]
    if photo is None or photo.size != PHOTO_BYTES:
        raise BenchFailed("the photo of the press did not come")
    return time_s / PHOTO_BYTES


def _mpremote(port: str, source: Path) -> float:
    """Return the seconds a byte, without what mpremote takes to start and to reach the REPL."""
    target = source.with_suffix(".copy")
    base: list[str | Path] = [sys.executable, "-m", "mpremote", "connect", port, "resume"]
    start_s = seconds(lambda: run_program([*base, "exec", "pass"]))
    time_s = seconds(lambda: run_program([*base, "fs", "cp", f":{source}", target]))
    if target.read_bytes() != source.read_bytes():
        raise BenchFailed("mpremote copied something else")
    return max(time_s - start_s, 1e-9) / PEER_BYTES


def _speed(times_s: list[float]) -> str:
    return f"{megabytes_per_second(1, [statistics.median(times_s)]):.3g} MB/s"
