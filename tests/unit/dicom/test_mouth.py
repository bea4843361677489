"""Teeth, surfaces, areas, views and mirrors in the words of DICOM."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.sr._cid_dict import cid_concepts
from pydicom.sr._concepts_dict import concepts

import oralcam.record.mouth.tooth
from oralcam.dicom.check import findings
from oralcam.dicom.mouth import STRUCTURES, area_code
from oralcam.dicom.orientation import OPPOSITE, UPRIGHT, patient_orientation
from oralcam.dicom.photo import photographic_image
from oralcam.record import Area, Mirror, Site, Tooth, ToothSystem, View
from oralcam.record.mouth.tooth import all_teeth
from tests.unit.dicom.photos import jpeg, record


def made(**site: Any) -> Dataset:
    made_record = record(site=Site(**site))
    dataset = photographic_image(made_record, jpeg()).dataset
    assert findings(dataset) == ()
    return dataset


def codes(sequence: Any) -> list[tuple[str, str]]:
    return [(str(item.CodeValue), str(item.CodingSchemeDesignator)) for item in sequence]


def of_cid(number: int) -> set[str]:
    """SNOMED CT's codes in a context group, as pydicom knows it."""
    known: Any = concepts["SCT"]
    return {str(code) for name in cid_concepts[number]["SCT"] for code in known[name]}


def test_every_tooth_has_a_code_of_the_standards_lists() -> None:
    """CID 4018 holds the permanent teeth, CID 4019 the primary ones; the table is the record's own."""
    table = Path(oralcam.record.mouth.tooth.__file__).with_name("teeth.csv").read_text("utf-8")
    listed = {row["snomed_ct"] for row in csv.DictReader(table.splitlines())}
    seen = set()
    for tooth in all_teeth():
        dataset = made(teeth=(tooth,), system=ToothSystem.UNIVERSAL)
        ((value, scheme),) = codes(dataset.PrimaryAnatomicStructureSequence)
        assert scheme == "SCT"
        assert len(str(dataset.PrimaryAnatomicStructureSequence[0].CodeMeaning)) <= 64
        seen.add(value)
    assert seen == listed
    assert len(seen) == 52


def test_the_codes_are_those_that_pydicom_knows_for_the_context_groups() -> None:
    ours = {tooth.snomed_ct for tooth in all_teeth() if not tooth.primary}
    assert len(ours & of_cid(4018)) >= 28  # the standard has renamed some since pydicom's table
    primary = {tooth.snomed_ct for tooth in all_teeth() if tooth.primary}
    assert len(primary & of_cid(4019)) >= 18


@pytest.mark.parametrize(
    ("text", "side"), [("3", "R"), ("14", "L"), ("8 9", "B"), ("A", "R"), ("T", "R"), ("K", "L"), ("53", "R")]
)
def test_a_tooth_has_a_side(text: str, side: str) -> None:
    teeth = Site.parse(text, system=ToothSystem.UNIVERSAL).teeth
    dataset = made(teeth=teeth, system=ToothSystem.UNIVERSAL)
    assert dataset.ImageLaterality == side
    region = dataset.AnatomicRegionSequence[0]
    assert (region.CodeValue, region.CodeMeaning) == ("123851003", "Mouth")
    modifiers = codes(region.get("AnatomicRegionModifierSequence", []))
    assert modifiers == {"R": [("24028007", "SCT")], "L": [("7771000", "SCT")], "B": []}[side]


def test_several_teeth_are_several_structures_with_their_surfaces() -> None:
    site = Site.parse("14 15", system=ToothSystem.ISO_3950, surfaces="MOD")
    dataset = photographic_image(record(site=site), jpeg()).dataset
    assert codes(dataset.PrimaryAnatomicStructureSequence) == [("57826002", "SCT"), ("36492000", "SCT")]
    for item in dataset.PrimaryAnatomicStructureSequence:
        assert codes(item.PrimaryAnatomicStructureModifierSequence) == [
            ("surface-M", "99ORALCAM"),
            ("surface-O", "99ORALCAM"),
            ("surface-D", "99ORALCAM"),
        ]
    declared = dataset.CodingSchemeIdentificationSequence[0]
    assert declared.CodingSchemeDesignator == "99ORALCAM"


def test_without_surfaces_no_private_scheme_is_declared() -> None:
    assert "CodingSchemeIdentificationSequence" not in made(teeth=(Tooth("3"),), system=ToothSystem.UNIVERSAL)


def test_a_supernumerary_tooth_is_a_tooth_that_is_described() -> None:
    item = made(teeth=(Tooth("53"),), system=ToothSystem.UNIVERSAL).PrimaryAnatomicStructureSequence[0]
    assert codes([item]) == [("38199008", "SCT")]
    assert codes(item.PrimaryAnatomicStructureModifierSequence) == [("universal-53", "99ORALCAM")]


@pytest.mark.parametrize("area", list(Area))
def test_every_area_can_be_said(area: Area) -> None:
    dataset = made(area=area)
    region = dataset.AnatomicRegionSequence[0].CodeMeaning
    assert region == ("Face" if area.kind == "extra_oral" and area is not Area.APPLIANCE else "Mouth")
    if area not in (Area.FULL_MOUTH, Area.FACE):
        item = dataset.PrimaryAnatomicStructureSequence[0]
        exact = area in STRUCTURES and STRUCTURES[area][1]
        assert ("PrimaryAnatomicStructureModifierSequence" in item) is not exact


def test_no_two_areas_are_said_alike() -> None:
    said = {area_code(area) for area in Area}
    assert len(said) == len(Area)
    assert max(map(len, said)) <= 16


@pytest.mark.parametrize("view", list(View))
def test_every_view_has_its_code(view: View) -> None:
    dataset = made(area=Area.FULL_MOUTH, view=view)
    assert codes(dataset.ViewCodeSequence) == [(view.snomed_ct, "SCT")]
    assert "DeviceSequence" not in dataset


@pytest.mark.parametrize(
    ("mirror", "code"), [(Mirror.UNCORRECTED, "789135000"), (Mirror.CORRECTED, "787610003")]
)
def test_a_mirror_is_said_twice_as_the_views_modifier_and_as_a_device(mirror: Mirror, code: str) -> None:
    dataset = made(area=Area.UPPER_ARCH, view=View.OCCLUSAL, mirror=mirror)
    assert codes(dataset.ViewCodeSequence[0].ViewModifierCodeSequence) == [(code, "SCT")]
    assert codes(dataset.DeviceSequence) == [("1332162007", "SCT")]


def test_a_mirror_without_a_view_stands_under_an_unknown_one() -> None:
    dataset = made(area=Area.UPPER_ARCH, mirror=Mirror.UNCORRECTED)
    assert codes(dataset.ViewCodeSequence) == [("410514004", "SCT")]


def test_a_retractor_is_a_device() -> None:
    dataset = made(area=Area.FULL_MOUTH, retractor=True)
    assert codes(dataset.DeviceSequence) == [("53535004", "SCT")]
    assert findings(dataset) == ()


@pytest.mark.parametrize(
    ("view", "exif", "expected"),
    [
        (View.FRONTAL, 1, ["L", "F"]),
        (View.FRONTAL, 3, ["R", "H"]),
        (View.FRONTAL, 6, ["F", "R"]),
        (View.FRONTAL, 8, ["H", "L"]),
        (View.FRONTAL, 2, ["R", "F"]),
        (View.RIGHT_LATERAL, 1, ["A", "F"]),
        (View.LEFT_LATERAL, 1, ["P", "F"]),
        (View.OCCLUSAL, 1, []),
    ],
)
def test_rows_and_columns_run_towards_a_side_of_the_patient(
    view: View, exif: int, expected: list[str]
) -> None:
    assert patient_orientation(Site(area=Area.FULL_MOUTH, view=view), exif) == expected


def test_what_the_orientation_says_agrees_with_turning_the_picture_upright() -> None:
    """Pillow's exif_transpose is the oracle: it turns a picture whose corners are named."""
    import numpy

    turns: dict[int, Any] = {
        1: lambda a: a,
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.T,
        6: lambda a: numpy.rot90(a, -1),
        7: lambda a: a[::-1, ::-1].T,
        8: lambda a: numpy.rot90(a),
    }
    stored = numpy.arange(6).reshape(2, 3)  # 1 is right of 0, 3 below it
    for view, exif in product(UPRIGHT, range(1, 9)):
        upright = turns[exif](stored)
        (y0, x0), (y1, x1), (y3, x3) = (tuple(map(int, numpy.argwhere(upright == n)[0])) for n in (0, 1, 3))
        right, down = UPRIGHT[view]
        directions = {(0, 1): right, (0, -1): OPPOSITE[right], (1, 0): down, (-1, 0): OPPOSITE[down]}
        expected = [directions[(y1 - y0, x1 - x0)], directions[(y3 - y0, x3 - x0)]]
        assert patient_orientation(Site(area=Area.FULL_MOUTH, view=view), exif) == expected


def test_in_a_mirror_that_was_not_turned_back_nobody_knows() -> None:
    site = Site(area=Area.FULL_MOUTH, view=View.FRONTAL, mirror=Mirror.UNCORRECTED)
    assert patient_orientation(site, 1) == []
    assert patient_orientation(Site(area=Area.FULL_MOUTH, view=View.FRONTAL, mirror=Mirror.CORRECTED), 1)
