"""Photos arrive whole on every transport, and how fast."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from hil_tests.bench.bench import Bench
from hil_tests.bench.watched_spool import ASKED, WHOLE, Place, WatchedSpool
from hil_tests.report.measurements import Measurements
from oralcam import Camera

FULL_SPEED_MB_S = 0.5  # of the 1.2 MB/s that USB's full speed can carry; the slowest board must do this


def test_photos_are_transferred(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    tmp_path: Path,
    measure: Measurements,
) -> None:
    passed: dict[Place, float] = {}
    spool = WatchedSpool(tmp_path / "timed", lambda place: passed.update({place: bench.now()}))
    size, took_s = 0, 0.0
    with open_camera(transport, spool=spool) as camera:
        for _ in range(bench.counts.photos):
            photo = camera.capture()
            took_s += passed[WHOLE] - passed[ASKED]
            size += photo.size
            assert hashlib.sha256(photo.jpeg).hexdigest() == photo.sha256
            assert bench.camera.sensor_digest(photo.capture_id) in (photo.sha256, None)
        assert camera.health().frames_damaged == 0
    measure.value(f"bytes_over_{transport}", size, "B", low=1)
    measure.timing(f"rate_over_{transport}", size / took_s / 1e6, "MB/s", low=FULL_SPEED_MB_S)


def test_every_transport_delivers_what_the_sensor_made(
    bench: Bench, open_camera: Callable[..., Camera]
) -> None:
    button_to_disk = {}
    for transport in bench.camera.ports:
        with open_camera(transport) as camera:
            photo = camera.capture()
            made = bench.camera.sensor_digest(photo.capture_id)
            button_to_disk[transport] = hashlib.sha256(photo.jpeg).hexdigest()
            assert made in (button_to_disk[transport], None)
    if made is not None:  # an emulated sensor makes the same picture each time
        assert len(set(button_to_disk.values())) == 1
