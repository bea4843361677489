"""What of a record stands in its JPEG, and comes back from it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings

from oralcam import jpeg
from oralcam.record import CaptureRecord, Light, Mirror, Procedure, Site, Tooth, ToothSystem, View, ZoneLevel
from oralcam.record.metadata import description, photo_metadata
from tests.unit.record.strategies import patient, record, records

FIRST = Path(__file__).with_name("record_version_1.json")


def test_name_date_tooth_surfaces_reason_and_camera_stand_in_the_photo() -> None:
    made = CaptureRecord.from_json(FIRST.read_bytes())
    said = photo_metadata(made)
    assert (said.family_name, said.given_name) == ("山田", "太郎")
    assert (said.patient_id, said.patient_id_issuer) == ("P1", "practice")
    assert said.date_of_service == made.date_of_service
    assert (said.tooth_system, said.teeth, said.surfaces) == ("iso_3950", ("26",), ("M", "O", "L"))
    assert (said.view, said.mirror, said.orientation) == ("occlusal", "uncorrected", 6)
    assert said.reason == "Riss an der Füllung"
    assert (said.procedure_code, said.procedure_meaning) == ("D2740", "crown")
    assert (said.body_serial_number, said.make, said.software) == ("EMU", "oralcam", "oralcam")
    assert said.exposure_s == pytest.approx(0.008)
    assert said.original_sha256 == made.jpeg_sha256
    assert said.record_id == made.record_id
    assert said.light == (jpeg.LightZone("anterior", 0.5, 120.0),)
    assert "山田" not in said.description


@settings(max_examples=40)
@given(made=records)
def test_every_record_fits_into_a_photo(made: CaptureRecord) -> None:
    said = photo_metadata(made)
    assert said.taken_at is not None
    assert said.taken_at == made.taken_at
    assert len(said.teeth) == (len(made.site.teeth) if made.site else 0)
    assert len(said.image_unique_id) == 32


def test_the_tooth_stands_in_the_system_in_which_it_was_named() -> None:
    for system, name in (
        (ToothSystem.UNIVERSAL, "14"),
        (ToothSystem.ISO_3950, "26"),
        (ToothSystem.PALMER, "UL6"),
    ):
        said = photo_metadata(record(site=Site((Tooth("14"),), system)))
        assert (said.tooth_system, said.teeth) == (system.value, (name,))
    extra = photo_metadata(record(site=Site((Tooth("51"),), ToothSystem.UNIVERSAL)))
    assert (extra.tooth_system, extra.teeth) == ("universal", ("51",))


def test_a_record_without_a_site_says_nothing_of_one() -> None:
    said = photo_metadata(record())
    assert (said.tooth_system, said.teeth, said.surfaces, said.area, said.mirror) == ("", (), (), "", "")
    assert said.description == ""
    area = photo_metadata(record(site=Site.parse("tongue", view=View.FRONTAL, mirror=Mirror.NONE)))
    assert (area.area, area.view, area.mirror, area.tooth_system) == ("tongue_top", "frontal", "", "")


def test_the_description_is_a_line_for_people() -> None:
    made = record(
        site=Site.parse("14", system=ToothSystem.UNIVERSAL, surfaces="MO"),
        reason="crack",
        procedure=Procedure("D2740", "crown"),
    )
    assert description(made) == "14 (Universal) MO; crack; D2740 crown"


def test_zones_that_were_off_are_not_listed() -> None:
    dark = Light({"anterior": ZoneLevel(0.0, 0.0), "posterior_left": ZoneLevel(1.0, 300.0)})
    taken = replace(record().taken, light=dark)
    made = replace(record(), light=taken.light)
    assert [zone.zone for zone in photo_metadata(made).light] == ["posterior_left"]


def test_an_offset_with_seconds_becomes_utc() -> None:
    odd = datetime(2026, 3, 4, 12, tzinfo=timezone(timedelta(minutes=19, seconds=32)))
    said = photo_metadata(replace(record(), taken_at=odd))
    assert said.taken_at == odd
    assert said.taken_at.utcoffset() == timedelta(0)


def test_what_is_written_into_a_real_jpeg_is_read_back() -> None:
    image = pytest.importorskip("PIL.Image")
    import io

    buffer = io.BytesIO()
    image.new("RGB", (64, 48), "pink").save(buffer, "JPEG")
    data = buffer.getvalue()
    made = CaptureRecord.from_json(FIRST.read_bytes())
    made = replace(
        made, jpeg_sha256=hashlib.sha256(data).hexdigest(), patient=patient(family_name="Zoë & Söhne")
    )
    said = photo_metadata(made)
    tagged = jpeg.tag(data, said)
    assert jpeg.read(tagged) == said
