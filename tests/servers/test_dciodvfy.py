"""dciodvfy judges our objects, and our checker: what it calls an error, we must too."""

from __future__ import annotations

import copy
import subprocess
from datetime import timezone
from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset

from oralcam.dicom.check import findings
from oralcam.dicom.photo import DicomPhoto, photographic_image, secondary_capture
from oralcam.record import Area, Mirror, Order, Procedure, Site, ToothSystem, View
from tests.servers.conftest import require_program
from tests.unit.dicom.photos import SAMPLINGS, TAKEN, full_record, jpeg, patient, record

EXTENDED = (
    "Dicom dataset contains attributes not present in standard DICOM IOD - this is a Standard Extended "
    "SOP Class"
)
# The edition of 2022 does not know what CP-1570 brought in 2025: views, and the terms of private schemes.
NOT_KNOWN_IN_2022 = {
    "Unrecognized defined term <99ORALCAM> for value 1 of attribute <Coding Scheme Designator>",
    "Attribute is not present in standard DICOM IOD - (0x0008,0x0100) SH Code Value",
    "Attribute is not present in standard DICOM IOD - (0x0008,0x0102) SH Coding Scheme Designator",
    "Attribute is not present in standard DICOM IOD - (0x0008,0x0104) LO Code Meaning",
    "Attribute is not present in standard DICOM IOD - (0x0054,0x0220) SQ View Code Sequence",
    "Attribute is not present in standard DICOM IOD - (0x0054,0x0222) SQ View Modifier Code Sequence",
    EXTENDED,
}
# A secondary capture has no place of its own for what the maker adds; extensions are allowed (PS3.2)
EXTENSION_OF_SECONDARY_CAPTURE = {
    "Attribute is not present in standard DICOM IOD - (0x0016,0x002b) OB Maker Note",
    EXTENDED,
}


@pytest.fixture(scope="session")
def dciodvfy() -> str:
    return require_program("dciodvfy", package="dicom3tools")


def verdict(dciodvfy: str, data: bytes, folder: Path) -> tuple[list[str], set[str]]:
    """Its errors, and its warnings."""
    path = folder / "photo.dcm"
    path.write_bytes(data)
    command = [dciodvfy, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=60).stderr
    assert "VLPhotographicImage" in told or "SCImage" in told, told
    lines = [line.strip() for line in told.splitlines()]
    errors = [line.removeprefix("Error - ") for line in lines if line.startswith("Error")]
    warnings = {line.removeprefix("Warning - ") for line in lines if line.startswith("Warning")}
    assert len(lines) == len(errors) + sum(line.startswith("Warning") for line in lines) + 1, told
    return errors, warnings


@pytest.mark.parametrize("sampling", [*SAMPLINGS, "gray"])
def test_the_base_object_has_no_error_and_no_warning(dciodvfy: str, tmp_path: Path, sampling: str) -> None:
    data = jpeg(mode="L") if sampling == "gray" else jpeg(sampling)
    assert verdict(dciodvfy, photographic_image(record(data), data).to_bytes(), tmp_path) == ([], set())


def test_all_but_tooth_surface_and_view_has_no_error_and_no_warning(dciodvfy: str, tmp_path: Path) -> None:
    made = photographic_image(full_record(site=Site(area=Area.FULL_MOUTH, retractor=True)), jpeg())
    assert verdict(dciodvfy, made.to_bytes(), tmp_path) == ([], set())


def test_a_tooth_alone_has_no_warning_either(dciodvfy: str, tmp_path: Path) -> None:
    made = photographic_image(record(site=Site.parse("#3, #14", system=ToothSystem.UNIVERSAL)), jpeg())
    assert verdict(dciodvfy, made.to_bytes(), tmp_path) == ([], set())


def test_an_edited_copy_has_no_error_and_no_warning(dciodvfy: str, tmp_path: Path) -> None:
    made = photographic_image(record(), jpeg(seed=2), edited_from="2.25.1")
    assert verdict(dciodvfy, made.to_bytes(), tmp_path) == ([], set())


NO_IDEOGRAPHS = {"family_name_ideographic": "", "given_name_ideographic": ""}
ODD_RECORDS: dict[str, dict[str, Any]] = {
    "an order with one number": {"order": Order(accession_number="A-1")},
    "an order with another": {"order": Order(requested_procedure_id="RP-1")},
    "an order with a referring physician": {"order": Order("A", "R", "S", "Photographs", "Weiss^Anna")},
    "a family name alone": {"patient": patient(given_name="", **NO_IDEOGRAPHS)},
    "a given name alone": {"patient": patient(family_name="", **NO_IDEOGRAPHS)},
    "a phonetic name": {"patient": patient(family_name_phonetic="やまだ")},
    "a patient of unknown age and sex": {"patient": patient(birth_date=None, sex="")},
    "a reason with a backslash": {"reason": "mesial \\ distal"},
    "a procedure without words": {"procedure": Procedure("D2740")},
    "an operator of one name": {"operator": "Ōno"},
    "a moment in UTC": {"taken_at": TAKEN.astimezone(timezone.utc)},
    "a press too many for an IS": {"press_number": 2**31 + 5},
    "long fractions": {"exposure_us": 1, "tip_temperature_c": -12.345678901234567},
}


@pytest.mark.parametrize("odd", list(ODD_RECORDS))
def test_odd_records_have_no_error_and_no_warning(dciodvfy: str, tmp_path: Path, odd: str) -> None:
    made = photographic_image(record(**ODD_RECORDS[odd]), jpeg())
    assert verdict(dciodvfy, made.to_bytes(), tmp_path) == ([], set())


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_with_tooth_surface_and_view_it_only_warns_of_what_it_cannot_know(
    dciodvfy: str, tmp_path: Path, sampling: str
) -> None:
    data = jpeg(sampling)
    made = photographic_image(full_record(data), data)
    assert verdict(dciodvfy, made.to_bytes(), tmp_path) == ([], NOT_KNOWN_IN_2022)


@pytest.mark.parametrize("area", list(Area))
def test_every_area_is_well_formed(dciodvfy: str, tmp_path: Path, area: Area) -> None:
    site = Site(area=area, view=View.FRONTAL, mirror=Mirror.CORRECTED)
    errors, warnings = verdict(dciodvfy, photographic_image(record(site=site), jpeg()).to_bytes(), tmp_path)
    assert errors == []
    assert warnings <= NOT_KNOWN_IN_2022


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_a_secondary_capture_has_no_error(dciodvfy: str, tmp_path: Path, sampling: str) -> None:
    data = jpeg(sampling)
    plain = verdict(dciodvfy, secondary_capture(record(data), data).to_bytes(), tmp_path)
    assert plain == ([], EXTENSION_OF_SECONDARY_CAPTURE)
    errors, warnings = verdict(dciodvfy, secondary_capture(full_record(data), data).to_bytes(), tmp_path)
    assert errors == []
    assert warnings <= NOT_KNOWN_IN_2022 | EXTENSION_OF_SECONDARY_CAPTURE


def test_a_444_jpeg_that_is_not_transcoded_is_what_it_calls_an_error(dciodvfy: str, tmp_path: Path) -> None:
    """Why `transcoded` exists: if this ever passes, byte for byte is possible for 4:4:4 too."""
    made = photographic_image(record(), jpeg())
    made.dataset.PhotometricInterpretation = "YBR_FULL"
    errors, _ = verdict(dciodvfy, written(made.dataset), tmp_path)
    assert len(errors) == 3
    assert all("YBR_FULL" in error for error in errors)


def written(dataset: Dataset) -> bytes:
    import io

    out = io.BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()


PHOTOS: dict[str, Any] = {
    "photograph": lambda: photographic_image(full_record(), jpeg(), edited_from="2.25.1"),
    "capture": lambda: secondary_capture(full_record(), jpeg(), edited_from="2.25.1"),
}


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom")  # without a character set names are spoilt
@pytest.mark.parametrize("kind", list(PHOTOS))
def test_whatever_it_misses_when_it_is_removed_or_emptied_our_checker_misses_too(
    dciodvfy: str, tmp_path: Path, kind: str
) -> None:
    made: DicomPhoto = PHOTOS[kind]()
    compared = 0
    for element in made.dataset:
        # without these it does not know what to judge; ours are tested without it
        if element.keyword in ("SOPClassUID", "PixelData", "SOPInstanceUID"):
            continue
        for spoil in ("remove", "empty"):
            dataset = copy.deepcopy(made.dataset)
            if spoil == "remove":
                del dataset[element.tag]
            else:
                dataset[element.tag].value = [] if element.VR == "SQ" else None
            errors, _ = verdict(dciodvfy, written(dataset), tmp_path)
            compared += bool(errors)
            about = [error for error in errors if element.name.replace("'s", "") in error.replace("'s", "")]
            if about:
                found = findings(dataset)
                assert any(line.startswith(element.keyword) for line in found), (spoil, about)
    assert compared >= 15  # it did find fault
