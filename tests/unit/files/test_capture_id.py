"""What captures are called: unique over cameras whatever they call themselves, fit for every file system."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from oralcam.files import capture_id as room
from oralcam.files.capture_id import LONGEST, camera_name, capture_id, former_id, is_of, was_of

NUMBERS = st.integers(0, 2**32 - 1)
PLAIN = st.from_regex(r"[A-Z0-9_-]{1,40}", fullmatch=True)
# what HELLO lets in: printable, 1..64 characters; many of them alike
ALIKE = st.text(" _-.+aA1é0", min_size=1, max_size=6)
LONG = st.builds(lambda tail: ("A" * 40 + tail)[:64], ALIKE)
NAMED = st.sampled_from(
    ["CON", "nul", "com1.", "LPT9 ", "..", "/etc/passwd", "a\\b", "x:y", "*", "~", "-", "_"]
)
ANY = st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"]), min_size=1, max_size=64)
SERIALS = st.one_of(ALIKE, LONG, NAMED, ANY, PLAIN)
MANY = settings(max_examples=1000, deadline=None)
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\..*)?")


def of_before(serial_number: str, number: int) -> str:
    """What versions up to 0.1.0 called a capture."""
    return f"{re.sub(r'[^A-Za-z0-9_-]', '_', serial_number)[:40]}-{number:06d}"


@MANY
@given(one=st.tuples(SERIALS, NUMBERS), other=st.tuples(SERIALS, NUMBERS))
@example(one=("OC 1", 7), other=("OC_1", 7))
@example(one=("A" * 41, 7), other=("A" * 42, 7))
@example(one=("A" * 40, 7), other=("A" * 41, 7))
@example(one=("oc-1", 7), other=("OC-1", 7))
@example(one=("A-000001", 2), other=("A", 1000002))
@example(one=("A", 1), other=("A-000001", 2))
def test_two_captures_never_share_an_id(one: tuple[str, int], other: tuple[str, int]) -> None:
    assume(one != other)
    assert capture_id(*one).casefold() != capture_id(*other).casefold()


@MANY
@given(serial=SERIALS, other=SERIALS, number=NUMBERS)
@example(serial="OC 1", other="OC_1", number=7)
def test_cameras_of_one_number_never_share_an_id(serial: str, other: str, number: int) -> None:
    assume(serial != other)
    assert capture_id(serial, number).casefold() != capture_id(other, number).casefold()
    assert f"camera-{camera_name(serial)}.json".casefold() != f"camera-{camera_name(other)}.json".casefold()


@MANY
@given(serial=PLAIN, number=NUMBERS)
def test_a_serial_number_that_stands_as_it_is_keeps_the_ids_that_it_had(serial: str, number: int) -> None:
    assert capture_id(serial, number) == of_before(serial, number) == f"{serial}-{number:06d}"
    assert former_id(capture_id(serial, number), serial) is None


@MANY
@given(serial=SERIALS, number=NUMBERS)
def test_an_id_is_a_file_name_everywhere(serial: str, number: int) -> None:
    name = capture_id(serial, number)
    assert Path(name).name == name == PureWindowsPath(name).name
    assert re.fullmatch(r"[A-Za-z0-9_+-]+-[0-9]{6,10}", name)
    assert not RESERVED.fullmatch(name)
    assert len(name) <= LONGEST


@MANY
@given(serial=SERIALS, other=SERIALS, number=NUMBERS, copy=st.none() | st.integers(2, 99999))
@example(serial="EMU-1", other="EMU", number=7, copy=None)
@example(serial="A-000001", other="A", number=123456, copy=None)
@example(serial="A-000001", other="A", number=2, copy=2)
def test_an_id_tells_whose_it_is(serial: str, other: str, number: int, copy: int | None) -> None:
    name = capture_id(serial, number) + (f"-{copy}" if copy else "")
    assert is_of(name, serial)
    if serial != other:
        assert not is_of(name, other)


@MANY
@given(serial=SERIALS, number=NUMBERS)
def test_what_a_capture_was_called_before_is_known(serial: str, number: int) -> None:
    now, before = capture_id(serial, number), of_before(serial, number)
    assert former_id(now, serial) == (None if now == before else before)
    assert was_of(before, serial)


def test_an_id_of_another_camera_had_no_former_name_here() -> None:
    assert former_id("OC-1-000007", "OC 1") is None


@pytest.mark.parametrize(
    "name", ["", "OC-1", "OC-1-7", "OC-1-00007", "OC-1-000007-", "OC-1-000007-x", "OC-1x000007"]
)
def test_what_is_no_id_is_nobodys(name: str) -> None:
    assert not is_of(name, "OC-1")


def test_nothing_of_a_patient_can_enter() -> None:
    assert list(inspect.signature(capture_id).parameters) == ["serial_number", "number"]
    assert capture_id("OC-1", 7) == capture_id("OC-1", 7), "and nothing of the time or the computer"


def test_docstrings() -> None:
    assert doctest.testmod(room) == (0, 2)
