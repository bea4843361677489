"""Power cuts at random moments of a camera's life: while it starts, takes photos, sends them, frees them."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.faults.power_cuts.camera import CutCamera

LATEST_S = 1.2  # after switching on; the application is up after some 0.2


@dataclass(frozen=True)
class Report:
    """What a camera's life came to. `complaints` is empty if all was well."""

    cuts: int
    before_start: int  # of these, before the application was up
    accepted: int
    complaints: tuple[str, ...]


def cut_at_random(board: str, seed: str, cuts: int) -> Report:
    """Cut the power so many times, then look for what is missing."""
    chance = random.Random(f"cuts {seed}")
    before_start = 0
    with tempfile.TemporaryDirectory(prefix="oralcam-cuts-") as folder:
        camera = CutCamera(board, Path(folder), seed)
        try:
            camera.emulator.unplug()
            for _ in range(cuts):
                killer = camera.cut_after(chance.uniform(0, LATEST_S))
                if camera.power_on():
                    camera.use(chance)
                else:
                    before_start += 1
                killer.join()
                camera.power_failed()
            camera.power_on()
            camera.fetch_all()
            complaints = camera.complaints()
            accepted = len(camera.emulator.bench.accepted)
        finally:
            camera.close()
    return Report(cuts, before_start, accepted, tuple(complaints))
