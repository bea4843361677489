"""Every tooth in every system, both ways; nothing that is no tooth."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oralcam.record.mouth
from oralcam.errors import InvalidSite
from oralcam.record import Tooth, ToothSystem
from oralcam.record.mouth.tooth import all_teeth

TEETH_CSV = Path(oralcam.record.mouth.__file__).with_name("teeth.csv")
SUPERNUMERARY = [Tooth(str(number)) for number in range(51, 83)] + [
    Tooth(f"{c}S") for c in "ABCDEFGHIJKLMNOPQRST"
]


def test_the_table_is_the_one_that_was_checked_against_dicom() -> None:
    # Of the table verified against DICOM's CID 4018 and 4019; change both together, and say from where.
    assert hashlib.sha256(TEETH_CSV.read_bytes().replace(b"\r\n", b"\n")).hexdigest() == (
        "25d6b6018805eaf0910d6b10ec91a29c1eaadd7c68770a895421189747f85b77"
    )


def test_the_table_holds_each_tooth_once_in_each_system() -> None:
    rows = list(csv.DictReader(TEETH_CSV.read_text("utf-8").splitlines()))
    assert {row["universal"] for row in rows} == {*map(str, range(1, 33)), *"ABCDEFGHIJKLMNOPQRST"}
    assert {row["iso3950"] for row in rows} == {
        f"{quadrant}{position}" for quadrant in range(1, 9) for position in range(1, 9 if quadrant < 5 else 6)
    }
    assert len({row["snomed_ct"] for row in rows}) == 52
    assert all(row["snomed_ct"].isdigit() for row in rows)


@pytest.mark.parametrize("tooth", all_teeth(), ids=lambda tooth: tooth.universal)
def test_every_tooth_comes_back_from_every_system(tooth: Tooth) -> None:
    for system in ToothSystem:
        name = tooth.name_in(system)
        assert name is not None
        assert Tooth.parse(name, system) == tooth
        assert Tooth.parse(f" {name.lower()} ", system) == tooth
    assert tooth.palmer_mark is not None
    assert Tooth.parse(tooth.palmer_mark, ToothSystem.PALMER) == tooth


@pytest.mark.parametrize("tooth", all_teeth(), ids=lambda tooth: tooth.universal)
def test_what_a_tooth_says_of_itself_agrees_with_snomed(tooth: Tooth) -> None:
    meaning = tooth.meaning.lower()
    assert tooth.upper == ("maxillary" in meaning)
    assert tooth.right == ("right" in meaning)
    assert tooth.primary == ("deciduous" in meaning)
    kind = tooth.name.split(" right " if tooth.right else " left ")[1]
    assert kind.replace(" incisor", "") in meaning  # of tooth 23, "Mandibular left lateral tooth"
    assert tooth.anterior == ("canine" in kind or "incisor" in kind)
    assert tooth.snomed_ct


def test_the_anterior_teeth_are_the_ones_of_the_book() -> None:
    assert {tooth.universal for tooth in all_teeth() if tooth.anterior} == {
        *map(str, range(6, 12)),
        *map(str, range(22, 28)),
        *"CDEFGH",
        *"MNOPQR",
    }


@pytest.mark.parametrize(
    ("text", "system", "universal"),
    [
        ("14", ToothSystem.UNIVERSAL, "14"),
        ("14", ToothSystem.ISO_3950, "5"),
        ("1.4", ToothSystem.ISO_3950, "5"),
        ("#3", ToothSystem.UNIVERSAL, "3"),
        ("03", ToothSystem.UNIVERSAL, "3"),
        ("t", ToothSystem.UNIVERSAL, "T"),
        ("1４", ToothSystem.ISO_3950, "5"),  # a full-width digit, as Japanese keyboards type it
        ("UR6", ToothSystem.PALMER, "3"),
        ("6⏌", ToothSystem.PALMER, "3"),
        ("6┘", ToothSystem.PALMER, "3"),
        ("⎿6", ToothSystem.PALMER, "14"),
        ("┌6", ToothSystem.PALMER, "19"),
        ("6⏋", ToothSystem.PALMER, "30"),
        ("upper right 6", ToothSystem.PALMER, "3"),
        ("E lower-left", ToothSystem.PALMER, "K"),
        ("maxillary left A", ToothSystem.PALMER, "F"),
        ("6 UR", ToothSystem.PALMER, "3"),
    ],
)
def test_people_write_teeth_in_many_ways(text: str, system: ToothSystem, universal: str) -> None:
    assert Tooth.parse(text, system).universal == universal


@pytest.mark.parametrize("tooth", SUPERNUMERARY, ids=lambda tooth: tooth.universal)
def test_a_supernumerary_tooth_is_known_in_universal_only(tooth: Tooth) -> None:
    assert Tooth.parse(tooth.universal, ToothSystem.UNIVERSAL) == tooth
    assert tooth.supernumerary
    assert (tooth.iso3950, tooth.palmer, tooth.palmer_mark, tooth.snomed_ct) == (None,) * 4
    neighbour = tooth.neighbour
    name = neighbour.universal
    assert tooth.universal == (str(int(name) + 50) if name.isdigit() else f"{name}S")
    assert (tooth.upper, tooth.right, tooth.anterior, tooth.primary) == (
        neighbour.upper,
        neighbour.right,
        neighbour.anterior,
        neighbour.primary,
    )


@pytest.mark.parametrize("text", ["0", "33", "50", "83", "U", "US", "1S", "", "UR6", "-1", "1.0", "00"])
def test_what_is_no_tooth_in_universal_is_refused(text: str) -> None:
    with pytest.raises(InvalidSite):
        Tooth.parse(text, ToothSystem.UNIVERSAL)


@pytest.mark.parametrize("text", ["10", "19", "49", "56", "90", "9", "A", "114", "", "14 15"])
def test_what_is_no_tooth_in_iso_3950_is_refused(text: str) -> None:
    with pytest.raises(InvalidSite):
        Tooth.parse(text, ToothSystem.ISO_3950)


@pytest.mark.parametrize(
    "text", ["6", "UR9", "UR0", "URF", "UR", "upper 6", "UR6UL6", "XX6", "right upper 6", ""]
)
def test_palmer_needs_a_quadrant_and_a_tooth_in_it(text: str) -> None:
    with pytest.raises(InvalidSite):
        Tooth.parse(text, ToothSystem.PALMER)


@given(text=st.text(max_size=12), system=st.sampled_from(ToothSystem))
def test_whatever_is_written_is_a_tooth_or_refused_and_free_text_is_not_repeated(
    text: str, system: ToothSystem
) -> None:
    try:
        tooth = Tooth.parse(text, system)
    except InvalidSite as error:
        said = str(error).upper()
    else:
        assert tooth.name_in(system) is not None
        return
    if len(text.strip()) > 7:
        assert text.strip().upper() not in said


def test_a_tooth_cannot_be_made_from_a_name_of_another_system() -> None:
    for name in ("UR6", "", "1.4", "85", "14 "):
        with pytest.raises(InvalidSite):
            Tooth(name)
