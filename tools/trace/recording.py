"""Makes the recordings that are kept with a version: each scenario on an emulator of its own."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from oralcam.camera import Camera
from oralcam.emulator import Emulator
from oralcam.trace.recorder import Recorder
from tools.testbeds.sample_photo import jpeg_of
from tools.trace.scenarios import SCENARIOS, Scenario
from tools.trace.tap import Tap

PHOTO_BYTES = 12_000
PHOTOS = 6  # different ones, more than a scenario takes
SERIAL_NUMBER = "EMU-TRACE"


def record_all(folder: Path) -> Iterator[Path]:
    """Record every scenario into `folder`; yield the files as they are done.

    Raises `ScenarioFailed` or an `OralcamError` if something did not go as the scenario has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="oralcam-trace-") as name:
        photos = Path(name) / "photos"
        photos.mkdir()
        for number in range(PHOTOS):
            jpeg = jpeg_of(PHOTO_BYTES, random.Random(f"photo {number}"))
            (photos / f"{number}.jpg").write_bytes(jpeg)
        for title, scenario in SCENARIOS.items():
            file = folder / f"{title}.trace"
            _record(scenario, file, photos, Path(name) / "spools" / title)
            yield file


def _record(scenario: Scenario, file: Path, photos: Path, spool: Path) -> None:
    with Emulator(replay=photos, serial_number=SERIAL_NUMBER) as emulator:
        scenario.before(emulator.bench)
        recorder = Recorder(file)
        try:
            with (
                Tap(emulator.port, recorder, scenario.damage_at) as tap,
                Camera.open(tap.port, spool=spool) as camera,
            ):
                scenario.during(camera, emulator.bench)
        finally:
            recorder.close()
