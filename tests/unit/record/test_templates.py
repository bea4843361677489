"""Series of photos: the next view is asked for, skipped ones can be taken later, retakes supersede."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oralcam.errors import InvalidSite
from oralcam.record import Mirror, Series, Site, Template, ToothSystem, View
from oralcam.record.templates import FULL_MOUTH, ORTHODONTIC, TEMPLATES, before_and_after

TOOTH = before_and_after(Site.parse("26", system=ToothSystem.ISO_3950, surfaces="MO"))


@pytest.mark.parametrize("template", [FULL_MOUTH, ORTHODONTIC, TOOTH], ids=lambda one: one.name)
def test_a_series_leads_through_all_views_in_order(template: Template) -> None:
    series = Series.begun(template)
    for number, view in enumerate(template.views):
        assert series.progress == (number, len(template.views))
        assert series.next == view
        assert view.prompt.endswith(".")
        assert not series.complete
        series = series.with_photo(view.name, f"record {number}")
    assert series.next is None
    assert series.complete
    assert series.missing == ()


def test_the_usual_sets_hold_what_their_names_promise() -> None:
    assert set(TEMPLATES) == {"full_mouth", "orthodontic"}
    assert len(FULL_MOUTH.views) == 17
    sides = [view.site.view for view in ORTHODONTIC.views]
    assert sides.count(View.OCCLUSAL) == 2
    assert {view.site.mirror for view in ORTHODONTIC.views if view.site.view is View.OCCLUSAL} == {
        Mirror.UNCORRECTED
    }
    assert [view.name for view in TOOTH.views] == ["before", "during", "after"]
    assert {view.site for view in TOOTH.views} == {TOOTH.views[0].site}
    assert "26 (ISO 3950) MO" in TOOTH.views[0].prompt


@pytest.mark.parametrize("template", [FULL_MOUTH, ORTHODONTIC], ids=lambda one: one.name)
def test_a_view_that_needs_a_retractor_says_so_to_people_and_to_the_record(template: Template) -> None:
    with_one = {view.name for view in template.views if view.site.retractor}
    assert with_one == {"frontal", "right_buccal", "left_buccal", "upper_occlusal", "lower_occlusal"}
    assert with_one == {view.name for view in template.views if "Retractor" in view.prompt}


def test_a_skipped_view_is_missing_and_can_be_taken_later() -> None:
    series = Series.begun(TOOTH).with_photo("before", "1").skip("during")
    assert series.next == TOOTH.views[2]
    series = series.with_photo("after", "3")
    assert series.next is None
    assert not series.complete
    assert [view.name for view in series.missing] == ["during"]
    series = series.with_photo("during", "2")
    assert series.complete
    assert series.skipped == frozenset()


def test_a_retake_says_which_photo_it_supersedes() -> None:
    series = Series.begun(TOOTH)
    assert series.supersedes("before") is None
    series = series.with_photo("before", "1")
    assert series.supersedes("before") == "1"
    series = series.with_photo("before", "2")
    assert series.taken == {"before": "2"}
    assert series.progress == (1, 3)
    assert series.skip("before") == series  # it is taken already


def test_views_that_a_template_does_not_have_are_refused() -> None:
    series = Series.begun(TOOTH)
    for act in (series.skip, series.supersedes, series.view, lambda name: series.with_photo(name, "1")):
        with pytest.raises(InvalidSite):
            act("sideways")
    with pytest.raises(InvalidSite):
        Template("none", "none", ())
    with pytest.raises(InvalidSite):
        Template("twice", "twice", (TOOTH.views[0], TOOTH.views[0]))


@given(acts=st.lists(st.tuples(st.sampled_from(["photo", "skip"]), st.sampled_from(ORTHODONTIC.views))))
def test_in_any_order_each_view_is_open_skipped_or_taken(acts: list[tuple[str, object]]) -> None:
    series = Series.begun(ORTHODONTIC)
    taken: dict[str, str] = {}
    for number, (act, view) in enumerate(acts):
        name = view.name  # type: ignore[attr-defined]
        if act == "photo":
            series = series.with_photo(name, str(number))
            taken[name] = str(number)
        else:
            series = series.skip(name)
        assert series.taken == taken
        assert not series.skipped & set(series.taken)
        open_views = [one for one in ORTHODONTIC.views if one.name not in {*taken, *series.skipped}]
        assert series.next == (open_views[0] if open_views else None)
