"""P11: what it costs to tag a photo, file to file, beside a copy of the file; re-encoding is shown too."""

from __future__ import annotations

import io
import random
import shutil
import statistics
from collections.abc import Callable
from datetime import date, datetime, timezone

from oralcam.jpeg import LightZone, PhotoMetadata, inspect, read, strip, tag
from tools.benchmarks.measuring import Plan, median_ratio, paired, seconds
from tools.benchmarks.rig import BenchFailed
from tools.benchmarks.table import Row, at_most

ALLOWED = 5
REPEAT = 5  # a copy takes less than a millisecond: too short to be timed alone
# what a sensor of 2 MP and one of 5 MP send (docs/performance.md)
PHOTOS = {"2 MP": (1600, 1200), "5 MP": (2592, 1944)}
NOTE = (
    "Tagged: read the file, check it whole, splice Exif and XMP (all fields), write another file. Copy: "
    "shutil.copyfile of the same file, in the same folder, neither with fsync. The entropy-coded data of the "
    "result are compared with the photo's before anything is timed."
)
SAID = PhotoMetadata(
    taken_at=datetime(2026, 11, 24, 10, 11, 12, 345678, timezone.utc),
    taken_at_uncertainty_s=0.002,
    make="oralcam",
    model="bench",
    software="oralcam",
    body_serial_number="OC-000001",
    image_unique_id="0123456789abcdef0123456789abcdef",
    exposure_s=0.0125,
    iso=200,
    gain=1.75,
    family_name="Müller",
    given_name="Zoë",
    description="Tooth 14 (Universal), occlusal: a crack",
    patient_id="P-0001",
    patient_id_issuer="practice",
    date_of_service=date(2026, 11, 24),
    tooth_system="universal",
    teeth=("14",),
    surfaces=("O",),
    view="occlusal",
    mirror="none",
    reason="fractured cusp",
    procedure_code="D2740",
    procedure_meaning="crown",
    record_id="record",
    capture_id="OC-000001-000007",
    original_sha256="ab" * 32,
    light=(LightZone("anterior", 0.5, 12.5), LightZone("posterior_left", 1.0, 80.0)),
)


def photo_of(size: tuple[int, int], chance: random.Random) -> bytes:
    """Return a 4:2:2 JPEG of that many pixels, with something to code everywhere. Needs Pillow."""
    from PIL import Image

    small = (size[0] // 8, size[1] // 8)
    coarse = Image.frombytes("RGB", small, chance.randbytes(3 * small[0] * small[1]))
    out = io.BytesIO()
    coarse.resize(size, Image.Resampling.BICUBIC).save(out, "jpeg", quality=85, subsampling=1)
    return out.getvalue()


def check(jpeg: bytes, tagged: bytes) -> None:
    """Raise `BenchFailed` unless the pixels' bytes are the same, and all else says what it was told."""
    before, now = ([data[start:end] for start, end in inspect(data).entropy] for data in (jpeg, tagged))
    if not before or before != now or strip(tagged) != jpeg or read(tagged) != SAID:
        raise BenchFailed("the tagged photo is not the photo, tagged")


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P11 about the splice."""
    chance = plan.chance("P11 splice")
    return [row for name, size in PHOTOS.items() for row in _rows(plan, name, photo_of(size, chance), chance)]


def _rows(plan: Plan, name: str, jpeg: bytes, chance: random.Random) -> list[Row]:
    from PIL import Image

    source, copy, target = (plan.folder / f"{each}.jpg" for each in ("source", "copy", "target"))
    source.write_bytes(jpeg)
    check(jpeg, tag(jpeg, SAID))

    def reencode() -> None:
        with Image.open(source) as image:
            image.save(target, quality="keep", exif=image.getexif())

    subjects: dict[str, Callable[[], float]] = {
        "copy": lambda: seconds(lambda: shutil.copyfile(source, copy), REPEAT),
        "tagged": lambda: seconds(lambda: target.write_bytes(tag(source.read_bytes(), SAID)), REPEAT),
        "memory": lambda: seconds(lambda: tag(jpeg, SAID), REPEAT),
        "Pillow": lambda: seconds(reencode),
    }
    times = paired(subjects, plan.rounds, chance)
    shown = {each: f"{statistics.median(values) * 1e3:.2f} ms" for each, values in times.items()}
    photo = f"{name}, {len(jpeg) / 1e3:,.0f} kB"
    return [
        Row(
            "P11",
            f"{photo}: {what}",
            shown[ours],
            shown[peer],
            median_ratio(times[ours], times[peer]),
            at_most(ALLOWED) if ours == "tagged" and peer == "copy" else None,
            NOTE,
        )
        for what, ours, peer in (
            ("tagged, file to file / copied", "tagged", "copy"),
            ("tagged, in memory / copied", "memory", "copy"),
            ("tagged, file to file / re-encoded by Pillow", "tagged", "Pillow"),
        )
    ]
