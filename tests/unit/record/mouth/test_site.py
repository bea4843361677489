"""Where a photo was taken: no bare number, no surface that a tooth does not have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oralcam.errors import InvalidSite
from oralcam.record import Area, Mirror, Site, Surface, Tooth, ToothSystem, View
from oralcam.record.mouth.tooth import all_teeth

UNIVERSAL, ISO, PALMER = ToothSystem.UNIVERSAL, ToothSystem.ISO_3950, ToothSystem.PALMER


def surfaces_of(site: Site) -> str:
    return site.surface_letters


def test_a_bare_number_is_refused_with_both_meanings() -> None:
    with pytest.raises(InvalidSite) as refused:
        Site.parse("14")
    assert "upper left first molar in Universal" in str(refused.value)
    assert "upper right first premolar in ISO 3950" in str(refused.value)


@pytest.mark.parametrize("text", [*map(str, range(1, 90)), *"ABCDEFGHIJKLMNOPQRST", "#14", "AS"])
def test_no_bare_number_or_letter_is_ever_taken_for_a_tooth(text: str) -> None:
    with pytest.raises(InvalidSite) as refused:
        Site.parse(text)
    assert "in Universal" in str(refused.value)
    assert "in ISO 3950" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "system", "teeth", "named_in"),
    [
        ("14", UNIVERSAL, "14", UNIVERSAL),
        ("14", ISO, "5", ISO),
        ("iso:14", None, "5", ISO),
        ("FDI 14", None, "5", ISO),
        ("ISO 3950 14, ISO 3950 15", None, "5 4", ISO),
        ("Universal 14", None, "14", UNIVERSAL),
        ("14 15", UNIVERSAL, "14 15", UNIVERSAL),
        ("14,15; 14", UNIVERSAL, "14 15", UNIVERSAL),
        ("UR6", None, "3", PALMER),
        ("upper right 6, UL6", None, "3 14", PALMER),
        ("51", UNIVERSAL, "51", UNIVERSAL),
    ],
)
def test_the_system_is_said_or_the_quadrant_says_it(
    text: str, system: ToothSystem | None, teeth: str, named_in: ToothSystem
) -> None:
    site = Site.parse(text, system=system)
    assert site == Site(tuple(map(Tooth, teeth.split())), named_in)


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("ISO 14, Universal 14", None),
        ("ISO 14", UNIVERSAL),
        ("UR6", ISO),
        ("14-16", UNIVERSAL),
        ("", UNIVERSAL),
        (",", UNIVERSAL),
        ("somewhere", None),
        ("14 or 15", UNIVERSAL),
    ],
)
def test_what_is_not_clear_is_refused(text: str, system: ToothSystem | None) -> None:
    with pytest.raises(InvalidSite):
        Site.parse(text, system=system)


@given(tooth=st.sampled_from(all_teeth()), surfaces=st.lists(st.sampled_from(Surface)).map(tuple))
def test_every_tooth_has_its_surfaces_and_no_others(tooth: Tooth, surfaces: tuple[Surface, ...]) -> None:
    wrong = Surface.O if tooth.anterior else Surface.I
    if wrong in surfaces:
        with pytest.raises(InvalidSite, match="has no"):
            Site((tooth,), UNIVERSAL, surfaces)
        return
    site = Site((tooth,), UNIVERSAL, surfaces)
    outer = {Surface.B, Surface.F}
    assert set(site.surfaces) - outer == set(surfaces) - outer
    assert len(set(site.surfaces)) == len(site.surfaces)
    if outer & set(surfaces):
        assert outer & set(site.surfaces) == {Surface.F if tooth.anterior else Surface.B}
    changed = (Surface.B if tooth.anterior else Surface.F) in surfaces
    assert bool(site.notices) == changed


@given(tooth=st.sampled_from(all_teeth()))
def test_palatal_is_the_lingual_of_the_upper_jaw(tooth: Tooth) -> None:
    if tooth.upper:
        site = Site.parse(tooth.universal, system=UNIVERSAL, surfaces="P")
        assert site.surfaces == (Surface.L,)
        assert site.notices == ("P (palatal) is recorded as L (lingual).",)
    else:
        with pytest.raises(InvalidSite, match="lower jaw"):
            Site.parse(tooth.universal, system=UNIVERSAL, surfaces="P")


@pytest.mark.parametrize(
    ("tooth", "text", "letters"),
    [
        ("14", "DOM", "MOD"),
        ("14", "M, O", "MO"),
        ("14", "mesial occlusal", "MO"),
        ("14", "palatal", "L"),
        ("8", "mid", "MID"),
        ("8", "facial/incisal", "IF"),
        ("14", "MM", "M"),
    ],
)
def test_surfaces_are_read_as_people_write_them(tooth: str, text: str, letters: str) -> None:
    assert surfaces_of(Site.parse(tooth, system=UNIVERSAL, surfaces=text)) == letters


@pytest.mark.parametrize("text", ["X", "MOX", "1", "top"])
def test_other_surfaces_there_are_not(text: str) -> None:
    with pytest.raises(InvalidSite, match="Surfaces are"):
        Site.parse("14", system=UNIVERSAL, surfaces=text)


def test_front_and_back_teeth_together_keep_one_letter_for_the_outer_surface() -> None:
    site = Site.parse("6 5", system=UNIVERSAL, surfaces="F")
    assert site.surfaces == (Surface.B,)
    with pytest.raises(InvalidSite, match="no occlusal"):
        Site.parse("6 5", system=UNIVERSAL, surfaces="O")


@pytest.mark.parametrize("area", Area)
def test_every_area_is_found_by_its_name(area: Area) -> None:
    assert Site.parse(area.label) == Site(area=area)
    assert Site.parse(area.value.upper()) == Site(area=area)
    assert area.kind in ("mouth", "arch", "quadrant", "sextant", "soft_tissue", "extra_oral")


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("UR quadrant", Area.UPPER_RIGHT_QUADRANT),
        ("maxillary arch", Area.UPPER_ARCH),
        ("mandible", Area.LOWER_ARCH),
        ("tongue", Area.TONGUE_TOP),
        ("extraoral", Area.EXTRA_ORAL),
    ],
)
def test_areas_have_other_names_too(text: str, area: Area) -> None:
    assert Site.parse(text).area is area


def test_quadrants_and_sextants_have_the_numbers_of_claims() -> None:
    numbers = {area.iso3950 for area in Area if area.iso3950 is not None}
    assert numbers == {"00", "01", "02", *(f"0{n}" for n in range(3, 9)), "10", "20", "30", "40"}
    assert Area.LOWER_LEFT_QUADRANT.iso3950 == "30"
    assert {area for area in Area if area.iso3950} == {
        area for area in Area if area.kind in ("mouth", "arch", "quadrant", "sextant")
    }


def test_a_site_names_something() -> None:
    with pytest.raises(InvalidSite, match="Name the tooth"):
        Site()
    with pytest.raises(InvalidSite, match="in which system"):
        Site((Tooth("14"),))
    with pytest.raises(InvalidSite, match="belong to a tooth"):
        Site(area=Area.UPPER_ARCH, surfaces=(Surface.M,))
    with pytest.raises(InvalidSite):
        Site.parse("upper arch", surfaces="M")


def test_a_supernumerary_tooth_never_stands_beside_an_iso_number() -> None:
    with pytest.raises(InvalidSite, match="Universal only"):
        Site((Tooth("51"),), ISO)


def test_side_and_label_are_for_people() -> None:
    site = Site.parse("16 17", system=ISO, surfaces="B", view=View.OCCLUSAL, mirror=Mirror.UNCORRECTED)
    assert site.right is True
    assert site.label == "16, 17 (ISO 3950) B, Occlusal projection, in a mirror, uncorrected"
    assert Site.parse("16 26", system=ISO).right is None
    assert Site.parse("left cheek").right is False
    assert Site.parse("upper arch", retractor=True).label == "upper arch, with a retractor"
    assert Site.parse("16", system=ISO, retractor=True).label == "16 (ISO 3950), with a retractor"


def test_views_and_mirrors_have_codes_of_their_own() -> None:
    codes = [view.snomed_ct for view in View] + [mirror.snomed_ct for mirror in Mirror]
    assert len(set(codes)) == len(codes)
    assert View.OCCLUSAL.snomed_ct == "260499007"
    assert Mirror.NONE.snomed_ct is None
    assert Mirror.UNCORRECTED.snomed_ct == "789135000"
