"""Records and JPEGs for the tests of DICOM."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import random
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from PIL import Image

from oralcam.record import (
    CaptureRecord,
    Device,
    Light,
    Mirror,
    Order,
    OtherId,
    PatientContext,
    Procedure,
    Site,
    Source,
    ToothSystem,
    View,
    ZoneLevel,
)

WINTER = timezone(timedelta(hours=1))
TAKEN = datetime(2026, 3, 4, 10, 11, 12, 123456, WINTER)
STARTED = TAKEN - timedelta(minutes=5)
STUDY, SERIES, SOP = "2.25.111", "2.25.222", "2.25.333"
WIDTH, HEIGHT = 160, 120

SAMPLINGS = ("4:2:0", "4:2:2", "4:4:4")


@cache
def jpeg(
    sampling: str = "4:2:0", mode: str = "RGB", width: int = WIDTH, height: int = HEIGHT, seed: int = 1
) -> bytes:
    """A baseline JPEG with something to see in it; `seed` makes others."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3))
    out = io.BytesIO()
    options = {} if mode == "L" else {"subsampling": sampling}
    small.resize((width, height), Image.Resampling.BICUBIC).convert(mode).save(
        out, "jpeg", quality=88, **options
    )
    return out.getvalue()


def patient(**changes: Any) -> PatientContext:
    """Zoë Müller, who is 山田 太郎 as well."""
    facts: dict[str, Any] = {
        "patient_id": "P-4711",
        "issuer": "Praxis Nord",
        "family_name": "Müller",
        "given_name": "Zoë",
        "family_name_ideographic": "山田",
        "given_name_ideographic": "太郎",
        "birth_date": date(1980, 1, 2),
        "sex": "F",
        "source": Source.WORKLIST,
        "armed_at": TAKEN - timedelta(minutes=5),
        **changes,
    }
    return PatientContext(**facts)


def record(data: bytes | None = None, **changes: Any) -> CaptureRecord:
    """The plainest record: a patient, a moment, a camera; no site, no reason."""
    data = jpeg() if data is None else data
    width, height = Image.open(io.BytesIO(data)).size
    facts: dict[str, Any] = {
        "record_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "visit_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "visit_started_at": STARTED,
        "patient": patient(),
        "capture_id": "a1b2c3-7",
        "taken_at": TAKEN,
        "taken_at_uncertainty_s": 0.004,
        "date_of_service": TAKEN.date(),
        "device": Device("OC-0042"),
        "jpeg_sha256": hashlib.sha256(data).hexdigest(),
        "jpeg_size": len(data),
        "width": width,
        "height": height,
        "study_uid": STUDY,
        "series_uid": SERIES,
        "sop_uid": SOP,
        **changes,
    }
    return CaptureRecord(**facts)


def full_record(data: bytes | None = None, **changes: Any) -> CaptureRecord:
    """A record in which everything is told."""
    site = Site.parse("14 15", system=ToothSystem.ISO_3950, surfaces="MOD", view=View.RIGHT_LATERAL)
    facts: dict[str, Any] = {
        "patient": patient(other_ids=(OtherId("99", "Krankenhaus"),), middle_name="A.", name_prefix="Dr."),
        "site": dataclasses.replace(site, mirror=Mirror.UNCORRECTED, retractor=True),
        "reason": "Cracked cusp, tooth 14; sensitive to cold",
        "procedure": Procedure("D2740", "Crown"),
        "order": Order("A-1", "RP-1", "SPS-1", "Intraoral photographs", "Weiß", STUDY),
        "press_number": 7,
        "device": Device("OC-0042", "oralcam", "oralcam one", "0.1.0", "0.1.0", "(01)00844588003288"),
        "light": Light({"left": ZoneLevel(0.8, 120.0), "right": ZoneLevel(0.0, 0.0)}),
        "exposure_us": 12345,
        "gain": 1.7,
        "tip_temperature_c": 31.4159265358979,
        "operator": "Dr. Ōno",
        **changes,
    }
    return record(data, **facts)
