"""What lies in a spool under ids of versions up to 0.1.0 is found, and never taken for another camera's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oralcam.files.capture_id import capture_id, former_id
from oralcam.spool import Spool
from oralcam.spool.former import adopt_half, has_loss, has_photo

SERIAL = "OC 1"
NOW = capture_id(SERIAL, 7)
FORMER = "OC_1-000007"


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path)


def test_the_two_ids_are_what_is_meant_here() -> None:
    assert former_id(NOW, SERIAL) == FORMER
    assert NOW != FORMER


def test_a_half_goes_on_under_its_id_of_now(spool: Spool) -> None:
    (spool.folder / f"{FORMER}.part").write_bytes(b"ha")
    adopt_half(spool.disk, NOW, FORMER)
    with spool.begin(NOW, 4) as arrival:
        assert arrival.received == 2
    assert not (spool.folder / f"{FORMER}.part").exists()


def test_a_half_that_somebody_is_writing_is_left_to_them(spool: Spool) -> None:
    with spool.begin(FORMER, 4) as other:
        other.write(memoryview(b"ha"))
        adopt_half(spool.disk, NOW, FORMER)
        with spool.begin(NOW, 4) as arrival:
            assert arrival.received == 0
        other.write(memoryview(b"lf"))
    assert (spool.folder / f"{FORMER}.part").read_bytes() == b"half"


def test_a_half_of_now_comes_before_a_former_one(spool: Spool) -> None:
    (spool.folder / f"{FORMER}.part").write_bytes(b"former")
    (spool.folder / f"{NOW}.part").write_bytes(b"now")
    adopt_half(spool.disk, NOW, FORMER)
    with spool.begin(NOW, 9) as arrival:
        assert arrival.received == 3


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (json.dumps({"serial_number": SERIAL}), True),
        (json.dumps({"serial_number": "OC_1"}), False),
        ("{}", False),
        ("{", False),
        (None, False),
    ],
)
def test_a_photo_counts_if_its_camera_is_named_beside_it(spool: Spool, said: str | None, found: bool) -> None:
    (spool.folder / f"{FORMER}.jpg").write_bytes(b"photo")
    if said is not None:
        (spool.folder / f"{FORMER}.json").write_text(said)
    assert has_photo(spool, FORMER, SERIAL) is found


def test_a_description_without_its_photo_is_no_photo(spool: Spool) -> None:
    (spool.folder / f"{FORMER}.json").write_text(json.dumps({"serial_number": SERIAL}))
    assert not has_photo(spool, FORMER, SERIAL)


@pytest.mark.parametrize(
    ("note", "press_number", "found"),
    [
        ('{"press_number": 3}', 3, True),
        ('{"press_number": null}', 0, True),
        ('{"press_number": 3}', 4, False),
        ('{"press_number": null}', 3, False),
        ('{"press_number": 3, "serial_number": "OC_1"}', 3, False),
        ("{", 0, False),
        ("[]", 0, False),
    ],
)
def test_a_loss_counts_if_a_former_version_noted_that_press(
    spool: Spool, note: str, press_number: int, found: bool
) -> None:
    assert not has_loss(spool, FORMER, press_number)
    (spool.folder / f"{FORMER}.lost").write_text(note)
    assert has_loss(spool, FORMER, press_number) is found
