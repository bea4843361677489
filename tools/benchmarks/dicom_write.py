"""P11: a record made, its photo tagged and written as DICOM, beside pydicom writing the same object."""

from __future__ import annotations

import hashlib
import random
import statistics
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oralcam.dicom.photo import photographic_image
from oralcam.dicom.pixels import extract_jpeg
from oralcam.jpeg import require_sound, tag
from oralcam.record import (
    CaptureRecord,
    Device,
    Light,
    PatientContext,
    Procedure,
    Site,
    Source,
    ToothSystem,
    View,
    ZoneLevel,
)
from oralcam.record.metadata import photo_metadata
from tools.benchmarks.measuring import Plan, median_ratio, paired, seconds
from tools.benchmarks.rig import BenchFailed
from tools.benchmarks.splice import PHOTOS, photo_of
from tools.benchmarks.table import Row, at_most

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

ALLOWED = 2
REPEAT = 3
TAKEN = datetime(2026, 11, 24, 10, 11, 12, 345678, timezone(timedelta(hours=1)))
NOTE = (
    "Ours: the record made from what is known of a photo, the JPEG inspected, hashed against its record, "
    "tagged in memory, the object built, checked against its modules and written to a file. The same object: "
    "pydicom is given every attribute of that very object in plain Python, encapsulates the same bytes and "
    "writes a file of the same content; it checks, hashes and tags nothing. The smallest: pydicom with two "
    "UIDs and the pixels, no patient. Nobody calls fsync. The files are compared before anything is timed."
)
SHA256: dict[bytes, str] = {}  # a photo was hashed when it arrived


def record_of(jpeg: bytes, size: tuple[int, int]) -> CaptureRecord:
    """Return a record with everything told, as after a worklist, a press and a clinician's words."""
    return CaptureRecord(
        record_id="0f8fad5b-d9cb-469f-a165-70867728950e",
        visit_id="7c9e6679-7425-40de-944b-e07fc1f90ae7",
        visit_started_at=TAKEN - timedelta(minutes=5),
        patient=PatientContext(
            patient_id="P-0001",
            issuer="practice",
            family_name="Müller",
            given_name="Zoë",
            birth_date=date(1980, 1, 2),
            source=Source.WORKLIST,
            armed_at=TAKEN - timedelta(minutes=5),
        ),
        site=Site.parse("#14", system=ToothSystem.UNIVERSAL, surfaces="MOD", view=View.OCCLUSAL),
        reason="Fractured cusp",
        procedure=Procedure("D2740", "Crown"),
        capture_id="OC-000001-000007",
        press_number=7,
        taken_at=TAKEN,
        taken_at_uncertainty_s=0.002,
        date_of_service=TAKEN.date(),
        device=Device("OC-000001", "oralcam", "bench", "0.1.0", "0.1.0"),
        light=Light({"anterior": ZoneLevel(0.5, 12.5)}),
        exposure_us=12_500,
        gain=1.75,
        tip_temperature_c=31.4,
        jpeg_sha256=SHA256[jpeg],
        jpeg_size=len(jpeg),
        width=size[0],
        height=size[1],
        study_uid="2.25.1",
        series_uid="2.25.2",
        sop_uid="2.25.3",
    )


def ours(jpeg: bytes, size: tuple[int, int], path: Path) -> bytes:
    """Return the tagged JPEG; the object is in the file."""
    record = record_of(jpeg, size)
    facts = require_sound(jpeg)
    tagged = tag(jpeg, photo_metadata(record), facts=facts)
    made = photographic_image(record, jpeg, facts=facts)
    with path.open("wb") as file:
        made.write(file)
    return tagged


def attributes(dataset: Dataset) -> list[tuple[str, Any]]:
    """Return keyword and plain value, as one writes them down; sequences are lists of the same."""
    rows: list[tuple[str, Any]] = []
    for element in dataset:
        if element.VR == "SQ":
            rows.append((element.keyword, [attributes(item) for item in element.value]))
        elif element.keyword != "PixelData":
            plain = element.value if isinstance(element.value, (int, bytes)) else _text(element.value)
            rows.append((element.keyword, plain))
    return rows


def _text(value: Any) -> str | list[str]:
    return str(value) if not hasattr(value, "append") else [str(one) for one in value]


def plain_pydicom(rows: list[tuple[str, Any]], jpeg: bytes, path: Path) -> None:
    """Write what anybody would write who knows pydicom."""
    from pydicom.dataset import FileMetaDataset
    from pydicom.encaps import encapsulate
    from pydicom.uid import JPEGBaseline8Bit

    dataset = _dataset(rows)
    dataset.PixelData = encapsulate([jpeg])
    dataset["PixelData"].VR = "OB"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.save_as(path, enforce_file_format=True)


def _dataset(rows: list[tuple[str, Any]]) -> Dataset:
    from pydicom.dataset import Dataset

    dataset = Dataset()
    for keyword, value in rows:
        items = isinstance(value, list) and all(isinstance(item, list) for item in value)
        setattr(dataset, keyword, [_dataset(item) for item in value] if items else value)
    return dataset


def check(jpeg: bytes, tagged: bytes, made: Path, plain: Path) -> None:
    """Raise `BenchFailed` unless both files hold the same object and the JPEG is the photo's."""
    from pydicom import dcmread

    if extract_jpeg(dcmread(made)) != jpeg or dcmread(made) != dcmread(plain) or len(tagged) <= len(jpeg):
        raise BenchFailed("the two files do not hold the same object")


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P11 about DICOM."""
    chance = plan.chance("P11 dicom")
    return [row for name, size in PHOTOS.items() for row in _rows(plan, name, size, chance)]


def _rows(plan: Plan, name: str, size: tuple[int, int], chance: random.Random) -> list[Row]:
    jpeg = photo_of(size, chance)
    SHA256[jpeg] = hashlib.sha256(jpeg).hexdigest()
    made, plain, least = (plan.folder / f"{each}.dcm" for each in ("ours", "same", "least"))
    rows = attributes(photographic_image(record_of(jpeg, size), jpeg).dataset)
    uids = [row for row in rows if row[0] in ("SOPClassUID", "SOPInstanceUID")]
    tagged = ours(jpeg, size, made)
    plain_pydicom(rows, jpeg, plain)
    check(jpeg, tagged, made, plain)
    subjects: dict[str, Callable[[], float]] = {
        "ours": lambda: seconds(lambda: ours(jpeg, size, made), REPEAT),
        "same": lambda: seconds(lambda: plain_pydicom(rows, jpeg, plain), REPEAT),
        "least": lambda: seconds(lambda: plain_pydicom(uids, jpeg, least), REPEAT),
    }
    times = paired(subjects, plan.rounds, chance)
    shown = {each: f"{statistics.median(values) * 1e3:.2f} ms" for each, values in times.items()}
    photo = f"{name}, {len(jpeg) / 1e3:,.0f} kB"
    return [
        Row(
            "P11",
            f"{photo}: record made, tagged, written as DICOM / {what}",
            shown["ours"],
            shown[peer],
            median_ratio(times["ours"], times[peer]),
            at_most(ALLOWED) if peer == "same" else None,
            NOTE,
        )
        for what, peer in (("pydicom, the same object", "same"), ("pydicom, the smallest object", "least"))
    ]
