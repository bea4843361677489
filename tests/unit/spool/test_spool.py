"""The spool: a photo is there as a whole or in part, never lost, never twice; names are never paths."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from oralcam.errors import SpoolError
from oralcam.spool import Spool


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def arrive(folder: Path, data: bytes) -> Path:
    with Spool(folder).begin("EMU-1", len(data)) as arrival:
        arrival.write(memoryview(data)[arrival.received :])
        path = Path(arrival.settle())
        arrival.commit({"sha256": arrival.digest().hex()})
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_spool_is_private(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    assert stat.S_IMODE(spool.folder.stat().st_mode) == 0o700


def test_a_photo_that_arrives_twice_is_kept_once_and_another_of_its_name_beside_it(tmp_path: Path) -> None:
    assert arrive(tmp_path, b"first").name == "EMU-1.jpg"
    assert arrive(tmp_path, b"first").name == "EMU-1.jpg"
    assert arrive(tmp_path, b"other").name == "EMU-1-2.jpg"
    assert arrive(tmp_path, b"other").name == "EMU-1-2.jpg"
    assert (tmp_path / "EMU-1.jpg").read_bytes() == b"first"
    assert json.loads((tmp_path / "EMU-1.json").read_text())["sha256"] == sha256(b"first")
    assert Spool(tmp_path).digests_of("EMU-1") == [sha256(b"first"), sha256(b"other")]


def test_what_was_interrupted_goes_on_where_it_was(tmp_path: Path) -> None:
    with Spool(tmp_path).begin("EMU-1", 5) as arrival:
        arrival.write(memoryview(b"who"))
    assert names(tmp_path) == ["EMU-1.part"]
    with Spool(tmp_path).begin("EMU-1", 5) as arrival:
        assert arrival.received == 3
        arrival.write(memoryview(b"le"))
        assert arrival.digest() == hashlib.sha256(b"whole").digest()
        path = Path(arrival.settle())
        arrival.commit({})
    assert path.read_bytes() == b"whole"


def test_more_than_the_photo_can_be_is_not_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "EMU-1.part").write_bytes(b"something longer")
    with Spool(tmp_path).begin("EMU-1", 5) as arrival:
        assert arrival.received == 0
        assert arrival.digest() == hashlib.sha256().digest()


def test_two_programs_do_not_write_one_photo(tmp_path: Path) -> None:
    with Spool(tmp_path).begin("EMU-1", 5), pytest.raises(SpoolError, match="another program"):
        Spool(tmp_path).begin("EMU-1", 5)


def test_a_disk_that_does_not_take_it_gets_its_room_back(tmp_path: Path, mocker: MockerFixture) -> None:
    with Spool(tmp_path).begin("EMU-1", 5) as arrival:
        arrival.write(memoryview(b"whole"))
        arrival.settle()
        mocker.patch("os.fsync", side_effect=OSError(5, "broken disk"))
        with pytest.raises(SpoolError, match="broken disk"):
            arrival.commit({})
    assert names(tmp_path) == []


def test_a_debt_is_remembered_after_the_photo_has_left(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.owe("EMU-1-000007", "ab" * 32)
    assert spool.digests_of("EMU-1-000007") == ["ab" * 32]
    assert spool.owed("EMU-1") == ["EMU-1-000007"]
    assert spool.owed("EMU-2") == []
    assert spool.owed("EMU") == [], "the beginning of a serial number is another serial number"
    spool.acknowledged("EMU-1-000007")
    assert spool.owed("EMU-1") == []


def test_a_loss_is_news_once(tmp_path: Path) -> None:
    assert Spool(tmp_path).note_loss("EMU-1-000007", 3, "EMU-1")
    assert not Spool(tmp_path).note_loss("EMU-1-000007", 3, "EMU-1")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"sha": 1}', b"\xff"])
def test_a_damaged_description_is_no_obstacle(tmp_path: Path, damage: bytes) -> None:
    path = arrive(tmp_path, b"first")
    path.with_suffix(".json").write_bytes(damage)
    assert Spool(tmp_path).digests_of("EMU-1") == []
