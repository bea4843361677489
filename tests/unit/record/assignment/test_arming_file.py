"""Who was armed at a camera: kept for each camera alone, and found where versions up to 0.1.0 kept it."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam.record.assignment.arming_file import ArmingFile
from oralcam.record.assignment.timeline import Arming
from tests.unit.record.strategies import NOON, patient


def arming(number: int) -> Arming:
    return Arming(patient(number), NOON)


@pytest.mark.parametrize(
    ("one", "other"), [("OC-1", "OC_1"), ("OC 1", "OC_1"), ("A" * 41, "A" * 42), ("oc1", "OC1")]
)
def test_two_cameras_never_share_a_file(tmp_path: Path, one: str, other: str) -> None:
    ArmingFile(tmp_path, one).save((arming(1),))
    ArmingFile(tmp_path, other).save((arming(2),))
    assert ArmingFile(tmp_path, one).load() == (arming(1),)
    assert ArmingFile(tmp_path, other).load() == (arming(2),)
    assert len({path.name.casefold() for path in tmp_path.iterdir()}) == 2


def test_what_a_former_version_kept_is_read_and_then_kept_here(tmp_path: Path) -> None:
    file = ArmingFile(tmp_path, "OC-1")
    file.save((arming(1),))
    (tmp_path / "camera-OC-1.json").rename(tmp_path / "OC_1.json")  # as version 0.1.0 called it
    assert file.load() == (arming(1),)
    file.save((arming(1), arming(2)))
    assert [path.name for path in tmp_path.iterdir()] == ["camera-OC-1.json"]
    assert file.load() == (arming(1), arming(2))


@pytest.mark.parametrize("serial", ["CON", "nul", "Com1", "LPT9"])
def test_a_device_of_windows_is_never_opened_as_a_file(tmp_path: Path, serial: str) -> None:
    (tmp_path / f"{serial}.json").write_text("[]")
    file = ArmingFile(tmp_path, serial)
    assert file.load() == ()
    file.save((arming(1),))
    assert (tmp_path / f"{serial}.json").read_text() == "[]"
    assert file.load() == (arming(1),)
