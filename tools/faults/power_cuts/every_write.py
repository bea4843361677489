"""A power cut in the middle of each write and erasure of the flash that a life takes, one after the other.

Each begins with the same flash. A life: start, a press, its photo fetched and freed, a photo for the host.
Another one is the camera's first start, with a flash that holds nothing.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from oralcam.emulator.qemu_arm.shared_memory import FLASH
from oralcam.errors import OralcamError
from tools.faults.power_cuts.camera import CutCamera

MOST = 2000  # writes in one life: there is a mistake if that is not enough


@dataclass(frozen=True)
class Cut:
    """One cut. `complaints` is empty if all was well; `at` is 0 when the life came to its end uncut."""

    at: int
    complaints: tuple[str, ...]


def cut_at_each_write(board: str, *, first_start: bool, share: int = 0, shares: int = 1) -> list[Cut]:
    """Cut at write `share` + 1, then at every `shares`-th one after it, until a life comes to its end."""
    cuts = []
    before = None if first_start else _flash_before(board)
    for at in range(share + 1, MOST, shares):
        cut = _cut_at(board, at, before)
        cuts.append(cut)
        if not cut.at:
            return cuts
    raise AssertionError(f"a life took more than {MOST} writes")


def _flash_before(board: str) -> bytes:
    """A flash in use: numbers were given out, a photo waits."""
    with tempfile.TemporaryDirectory(prefix="oralcam-cuts-") as folder:
        camera = CutCamera(board, Path(folder), "before")
        try:
            camera.press()
            camera.emulator.bench.wait_until(lambda bench: len(bench.accepted) == 1)
            camera.fetch_all()
            camera.emulator.unplug()
            return camera.board.memory.flash()
        finally:
            camera.close()


def _cut_at(board: str, at: int, before: bytes | None) -> Cut:
    with tempfile.TemporaryDirectory(prefix="oralcam-cuts-") as folder:
        camera = CutCamera(board, Path(folder), str(at))
        try:
            camera.emulator.unplug()
            camera.board.memory.write_flash(bytes(FLASH.size) if before is None else before)
            camera.board.cut_at = at
            was_cut = not camera.power_on() or not _live(camera)
            camera.power_failed(formatted=before is not None)
            camera.board.cut_at = 0
            if not camera.power_on():
                return Cut(at, ("The camera does not start any more.",))
            camera.fetch_all()
            return Cut(at if was_cut else 0, tuple(camera.complaints()))
        finally:
            camera.close()


def _live(camera: CutCamera) -> bool:
    """A life; False if the power failed before its end. (What is answered has been written before.)"""
    try:
        camera.press()
        camera.emulator.bench.wait_until(lambda bench: len(bench.accepted) == 1)
        camera.fetch_all()
        camera.capture()
    except OralcamError:
        return False
    return True
