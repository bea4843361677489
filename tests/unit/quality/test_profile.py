"""Profiles: the package's, a clinic's own, and what is wrong with one."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from oralcam.errors import InvalidProfile
from oralcam.quality import Profile, profile_names, quality_of
from oralcam.quality.profile import BOUNDS, FIGURES
from tests.unit.quality.mouth import mouth

FOLDER = resources.files("oralcam.quality") / "profiles"
SCHEMA = json.loads((FOLDER / "profile.schema.json").read_text("utf-8"))
GOOD: dict[str, Any] = {"schema_version": 1, "name": "clinic", "version": 3, "about": "ours", "limits": {}}

BAD = [
    {"name": None},
    {"name": " "},
    {"version": 0},
    {"version": "1"},
    {"about": 5},
    {"limits": []},
    {"limits": {"sharpnes": {"warn_below": 1}}},
    {"limits": {"sharpness": {"warn_under": 1}}},
    {"limits": {"sharpness": {"warn_below": "40"}}},
    {"limits": {"sharpness": {"warn_below": True}}},
    {"limits": {"sharpness": 40}},
    {"schema_version": 2},
    {"extra": 1},
    {"neutral": [128]},
    {"neutral": [128, 400]},
    {"flat_field": [[1, 1, 1]]},
    {"flat_field": [[1, 1, 1], [1, 0, 1], [1, 1, 1]]},
]


def test_the_packages_profiles_are_as_the_schema_says() -> None:
    assert profile_names() == ("anterior", "general")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for name in profile_names():
        document = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        jsonschema.validate(document, SCHEMA)
        profile = Profile.load(name)
        assert (profile.name, profile.version) == (name, document["version"])
        assert set(profile.limits) == set(FIGURES)
        assert "study" in profile.about


def test_the_schema_knows_the_same_figures_and_bounds() -> None:
    limits = SCHEMA["properties"]["limits"]
    assert limits["propertyNames"]["enum"] == list(FIGURES)
    assert list(limits["additionalProperties"]["properties"]) == list(BOUNDS)


@pytest.mark.parametrize("change", BAD, ids=str)
def test_what_the_schema_refuses_is_refused_in_a_sentence(change: dict[str, Any]) -> None:
    document = {**GOOD, **change}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)
    with pytest.raises(InvalidProfile, match=r"^[A-Z].*\.$"):
        Profile.from_json(json.dumps(document))


@pytest.mark.parametrize("missing", GOOD)
def test_what_is_missing_is_named(missing: str) -> None:
    document = {name: value for name, value in GOOD.items() if name != missing}
    with pytest.raises(InvalidProfile, match=missing):
        Profile.from_json(json.dumps(document))


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "[" * 100_000, '{"schema_version": 1, "limits": {"fog": {"warn_above": NaN}}}']
)
def test_what_is_no_profile_at_all_is_refused(text: str) -> None:
    with pytest.raises(InvalidProfile):
        Profile.from_json(text)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_limit_that_no_value_breaks_is_refused(number: str) -> None:
    text = json.dumps({**GOOD, "limits": {"fog": {"warn_above": 1}}}).replace(
        '"warn_above": 1', f'"warn_above": {number}'
    )
    with pytest.raises(InvalidProfile, match="warn_above of fog must be a number"):
        Profile.from_json(text)


def test_bounds_in_the_wrong_order_are_refused() -> None:
    limits = {"exposure_p50": {"warn_below": 100, "warn_above": 50}}
    with pytest.raises(InvalidProfile, match="must not decrease"):
        Profile.from_json(json.dumps({**GOOD, "limits": limits}))


def test_a_file_of_ones_own_is_loaded_and_an_unknown_name_refused(tmp_path: Path) -> None:
    path = tmp_path / "clinic.json"
    path.write_text(json.dumps({**GOOD, "flat_field": [[1, 2, 1]] * 3}), "utf-8")
    assert Profile.load(path).label == "clinic 3"
    assert Profile.load(str(path)).flat_field == ((1.0, 2.0, 1.0),) * 3
    for wrong in ("nobody", tmp_path, "nul\0"):
        with pytest.raises(InvalidProfile, match="general"):
            Profile.load(wrong)


def test_a_photo_fails_only_where_a_profile_says_so() -> None:
    blurred = mouth(blur_px=8.0)
    assert quality_of(blurred).verdict == "warn"
    strict = Profile.from_json(
        json.dumps({**GOOD, "limits": {"sharpness": {"fail_below": 30, "warn_below": 60}}})
    )
    report = quality_of(blurred, strict)
    assert report.verdict == "fail"
    (finding,) = [each for each in report.findings if each.verdict == "fail"]
    assert (finding.figure, finding.limit) == ("sharpness", 30)
    assert quality_of(mouth(blur_px=2.5), strict).verdict == "warn"
    assert quality_of(mouth(), strict).verdict == "ok"


def test_a_value_at_its_limit_is_within_it() -> None:
    value = quality_of(mouth()).figures.exposure.p50
    for bound, past in (("warn_above", -1), ("warn_below", 1)):
        for limit, verdict in ((value, "ok"), (value + past, "warn")):
            limits = {"exposure_p50": {bound: limit}}
            profile = Profile.from_json(json.dumps({**GOOD, "limits": limits}))
            assert quality_of(mouth(), profile).verdict == verdict
