"""The outcome for a program: what it finds on a camera that is back, and whether it works as ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hil_tests.bench.bench import Bench
from oralcam import Camera
from oralcam.errors import OralcamError


@dataclass(frozen=True)
class Outcome:
    """The capture ids of photos that came, and of losses that were reported."""

    photos: list[str]
    lost: list[str]


def take_stock(bench: Bench, open_camera: Callable[..., Camera], transport: str, spool: Path) -> Outcome:
    """Open the camera once it is there, take all that waits on it, then capture: that must succeed."""

    opened: list[Camera] = []

    def is_open() -> bool:
        try:
            opened.append(open_camera(transport, spool=spool))
        except OralcamError:
            return False  # not yet there
        return True

    bench.until(is_open, "the camera back")
    with opened[0] as camera:
        photos = []
        while (photo := camera.next_press(0)) is not None:
            photos.append(photo)
        for photo in photos:
            assert bench.camera.sensor_digest(photo.capture_id) in (photo.sha256, None)
        lost = [loss.capture_id for loss in camera.losses]
        fresh = camera.capture()
        ids = [photo.capture_id for photo in photos]
        assert fresh.capture_id not in [*ids, *lost], "a number is never used twice"
        assert len({*ids, *lost}) == len(ids) + len(lost), "here and reported as lost, or twice"
        return Outcome(ids, lost)
