"""A record and a JPEG become a DICOM object that says everything the record says."""

from __future__ import annotations

import dataclasses
import io
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from oralcam.dicom.maker_note import read_maker_note
from oralcam.dicom.photo import photographic_image, secondary_capture
from oralcam.dicom.uids import PhotoUids
from oralcam.errors import DamagedJpeg, DicomError
from oralcam.record import Device, Order
from tests.unit.dicom.photos import SERIES, SOP, STUDY, TAKEN, full_record, jpeg, patient, record


def written(made: Any) -> Dataset:
    """As a reader of the file finds it."""
    return pydicom.dcmread(io.BytesIO(made.to_bytes()))


def full() -> Dataset:
    return written(photographic_image(full_record(), jpeg()))


def test_names_in_three_scripts_survive() -> None:
    name = full().PatientName
    assert (name.family_name, name.given_name, name.middle_name, name.name_prefix) == (
        "Müller",
        "Zoë",
        "A.",
        "Dr.",
    )
    assert name.ideographic == "山田^太郎"
    assert full().SpecificCharacterSet == "ISO_IR 192"


def test_a_phonetic_name_keeps_its_place() -> None:
    someone = patient(family_name_ideographic="", given_name_ideographic="", family_name_phonetic="やまだ")
    assert (
        str(written(photographic_image(record(patient=someone), jpeg())).PatientName) == "Müller^Zoë==やまだ^"
    )


def test_the_patient_is_named_with_the_issuer_of_the_id() -> None:
    dataset = full()
    assert (dataset.PatientID, dataset.IssuerOfPatientID) == ("P-4711", "Praxis Nord")
    assert (dataset.PatientBirthDate, dataset.PatientSex) == ("19800102", "F")
    other = dataset.OtherPatientIDsSequence[0]
    assert (other.PatientID, other.IssuerOfPatientID) == ("99", "Krankenhaus")


def test_what_is_not_known_of_a_patient_is_empty_and_there() -> None:
    dataset = written(photographic_image(record(patient=patient(birth_date=None, sex="")), jpeg()))
    assert (dataset.PatientBirthDate, dataset.PatientSex) == ("", "")


def test_the_uids_are_the_records() -> None:
    dataset = full()
    assert (dataset.StudyInstanceUID, dataset.SeriesInstanceUID, dataset.SOPInstanceUID) == (
        STUDY,
        SERIES,
        SOP,
    )


def test_the_moment_has_its_offset_from_utc() -> None:
    dataset = full()
    assert dataset.AcquisitionDateTime == "20260304101112.123456+0100"
    assert (dataset.ContentDate, dataset.ContentTime) == ("20260304", "101112.123456")
    assert dataset.TimezoneOffsetFromUTC == "+0100"


def test_an_offset_may_be_negative_and_of_half_hours() -> None:
    newfoundland = timezone(timedelta(hours=-3, minutes=-30))
    taken = datetime(2026, 7, 1, 23, 59, 59, 5, newfoundland)
    made = photographic_image(record(taken_at=taken, date_of_service=taken.date()), jpeg())
    assert written(made).AcquisitionDateTime == "20260701235959.000005-0330"


def test_photos_of_a_visit_are_of_one_study_and_sorted_by_their_moment() -> None:
    first = photographic_image(full_record(), jpeg()).dataset
    later = TAKEN + timedelta(seconds=31)
    second = photographic_image(full_record(taken_at=later, sop_uid="2.25.334"), jpeg()).dataset
    for keyword in (
        "StudyInstanceUID",
        "StudyDate",
        "StudyTime",
        "StudyID",
        "SeriesInstanceUID",
        "SeriesNumber",
    ):
        assert first[keyword].value == second[keyword].value
    assert first.InstanceNumber < second.InstanceNumber


def test_the_study_begins_when_the_visit_did_whoever_is_armed_again() -> None:
    morning, midnight = TAKEN - timedelta(hours=2), TAKEN + timedelta(hours=15)
    again = patient(armed_at=TAKEN + timedelta(minutes=40))
    in_utc = TAKEN.astimezone(timezone.utc)  # typed so by whoever filed it out of quarantine
    studies = set()
    for changes in (
        {},
        {"patient": again},
        {"taken_at": midnight, "date_of_service": midnight.date()},
        {"taken_at": in_utc, "date_of_service": in_utc.date()},
    ):
        for make in (photographic_image, secondary_capture):
            dataset = written(make(full_record(visit_started_at=morning, **changes), jpeg()))
            studies.add((dataset.StudyDate, dataset.StudyTime, dataset.TimezoneOffsetFromUTC))
    assert studies == {("20260304", "081112", "+0100")}


def test_the_moment_of_a_photo_is_told_by_the_clock_of_its_visit() -> None:
    dataset = written(photographic_image(full_record(taken_at=TAKEN.astimezone(timezone.utc)), jpeg()))
    assert dataset.AcquisitionDateTime == "20260304091112.123456+0000"
    assert (dataset.ContentTime, dataset.TimezoneOffsetFromUTC) == ("101112.123456", "+0100")


def test_a_photos_uids_are_known_without_building_it() -> None:
    assert PhotoUids.of(full_record()) == photographic_image(full_record(), jpeg()).uids


def test_the_order_of_the_worklist_is_named() -> None:
    dataset = full()
    request = dataset.RequestAttributesSequence[0]
    assert dataset.AccessionNumber == request.AccessionNumber == "A-1"
    assert (request.RequestedProcedureID, request.ScheduledProcedureStepID) == ("RP-1", "SPS-1")


def test_reason_and_procedure_are_in_the_request() -> None:
    request = full().RequestAttributesSequence[0]
    assert request.ReasonForTheRequestedProcedure == "Cracked cusp, tooth 14; sensitive to cold"
    code = request.ReasonForRequestedProcedureCodeSequence[0]
    assert (code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning) == ("D2740", "CD2", "Crown")


def test_a_long_reason_is_whole_in_the_comments() -> None:
    reason = "Wedge-shaped defect \\ abfraction, progressing since the last visit; " * 3
    dataset = written(photographic_image(full_record(reason=reason), jpeg()))
    assert dataset.ImageComments.splitlines()[0] == reason.strip()
    short = dataset.RequestAttributesSequence[0].ReasonForTheRequestedProcedure
    assert isinstance(short, str)
    assert len(short) <= 64
    assert short.startswith("Wedge-shaped defect / abfraction")


def test_the_comments_name_the_site_as_people_wrote_it() -> None:
    assert "Site: 14, 15 (ISO 3950) MOD" in full().ImageComments


def test_the_camera_is_named() -> None:
    dataset = full()
    assert (dataset.Manufacturer, dataset.ManufacturerModelName) == ("oralcam", "oralcam one")
    assert (dataset.DeviceSerialNumber, list(dataset.SoftwareVersions)) == ("OC-0042", ["0.1.0", "0.1.0"])
    assert dataset.UDISequence[0].UniqueDeviceIdentifier == "(01)00844588003288"


def test_exposure_and_temperature_are_decimals_of_at_most_16_characters() -> None:
    dataset = full()
    assert (float(dataset.ExposureTimeInSeconds), float(dataset.Temperature)) == (0.012345, 31.4159265358979)
    ratio = dataset.LossyImageCompressionRatio
    assert float(ratio) == pytest.approx(3 * 160 * 120 / len(jpeg()))
    assert len(ratio.original_string) <= 16


def test_light_and_gain_are_in_the_makers_field_and_no_patient() -> None:
    note = read_maker_note(full().MakerNote)
    assert note is not None
    told, kept = note
    assert told["light"] == {"left": [0.8, 120.0], "right": [0.0, 0.0]}
    assert (told["gain"], told["exposure_us"], told["press_number"]) == (1.7, 12345, 7)
    assert kept == b""
    text = json.dumps(told, ensure_ascii=False)
    for name in ("Müller", "Zoë", "山田", "P-4711", "Praxis", "1980"):
        assert name not in text


def test_an_original_says_so() -> None:
    dataset = full()
    assert list(dataset.ImageType) == ["ORIGINAL", "PRIMARY"]
    assert "SourceImageSequence" not in dataset


def test_an_edited_copy_says_so_and_names_its_original() -> None:
    edited = jpeg("4:2:2", seed=2)
    made = photographic_image(full_record(sop_uid="2.25.900"), edited, edited_from=SOP)
    dataset = written(made)
    assert list(dataset.ImageType) == ["DERIVED", "PRIMARY"]
    assert dataset.SourceImageSequence[0].ReferencedSOPInstanceUID == SOP


def test_other_bytes_than_the_sensors_are_refused() -> None:
    with pytest.raises(DicomError, match="not the bytes that left the sensor"):
        photographic_image(record(), jpeg(seed=2))


def test_a_record_of_other_measures_is_refused() -> None:
    with pytest.raises(DicomError, match="160 x 120 pixels, its record says 161 x 120"):
        photographic_image(record(width=161), jpeg())


def test_a_cut_jpeg_is_refused() -> None:
    cut = jpeg()[:-300]
    with pytest.raises(DamagedJpeg):
        photographic_image(dataclasses.replace(record(jpeg()), **_hash(cut)), cut)


def _hash(data: bytes) -> dict[str, Any]:
    import hashlib

    return {"jpeg_sha256": hashlib.sha256(data).hexdigest(), "jpeg_size": len(data)}


def test_a_secondary_capture_tells_the_same_under_a_uid_of_its_own() -> None:
    photo, capture = photographic_image(full_record(), jpeg()), secondary_capture(full_record(), jpeg())
    again = secondary_capture(full_record(), jpeg())
    assert capture.sop_instance_uid == again.sop_instance_uid != photo.sop_instance_uid
    assert (capture.study_uid, capture.series_uid) == (photo.study_uid, photo.series_uid)
    assert capture.dataset.ConversionType == "DI"
    for keyword in (
        "PatientName",
        "PrimaryAnatomicStructureSequence",
        "RequestAttributesSequence",
        "PixelData",
    ):
        assert capture.dataset[keyword].value == photo.dataset[keyword].value


def test_the_same_record_makes_the_same_file() -> None:
    assert (
        photographic_image(full_record(), jpeg()).to_bytes()
        == photographic_image(full_record(), jpeg()).to_bytes()
    )


def test_an_object_does_not_show_its_patient_when_printed() -> None:
    assert repr(photographic_image(record(), jpeg())) == f"<DicomPhoto {SOP}>"


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=60
)


@settings(max_examples=40, deadline=None)
@given(
    family=TEXTS,
    given_name=TEXTS,
    reason=TEXTS,
    serial=TEXTS,
    description=TEXTS,
    uncertainty=st.floats(0, 10),
)
def test_whatever_a_record_holds_fits_into_dicom(
    family: str, given_name: str, reason: str, serial: str, description: str, uncertainty: float
) -> None:
    from oralcam.errors import RecordError

    try:
        made_record = full_record(
            patient=patient(family_name=family[:30], given_name=given_name[:30]),
            reason=reason,
            operator=reason,
            device=Device(serial),
            order=Order(description=description, referring_physician=description),
            taken_at_uncertainty_s=uncertainty,
        )
    except RecordError:
        return  # the record refuses it at the door
    dataset = written(photographic_image(made_record, jpeg()))
    name = dataset.PatientName
    assert (name.family_name, name.given_name) == (
        made_record.patient.family_name,
        made_record.patient.given_name,
    )
    site = f"Site: {made_record.site.label}"  # type: ignore[union-attr]  # a full record has one
    assert dataset.ImageComments == "\n".join(filter(None, (made_record.reason, site)))
    assert dataset.DeviceSerialNumber == made_record.device.serial_number
