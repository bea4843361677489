"""Files are old or new, never half; names are never paths."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oralcam.errors import SpoolError
from oralcam.spool import Spool
from oralcam.spool.durable import link_durable, write_durable
from oralcam.spool.spool import file_name


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.jpg"
    write_durable(path, b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_durable(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_can_get_a_second_name_in_place_of_an_old_file(tmp_path: Path) -> None:
    source, path = tmp_path / "spooled.jpg", tmp_path / "photo.jpg"
    source.write_bytes(b"new")
    path.write_bytes(b"old")
    link_durable(source, path)
    source.unlink()
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileNotFoundError):
        link_durable(source, path)
    assert list(tmp_path.iterdir()) == [path]


def test_the_spool_is_private(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    assert stat.S_IMODE(spool.folder.stat().st_mode) == 0o700


def test_a_photo_that_arrives_twice_is_kept_once_and_another_of_its_name_beside_it(tmp_path: Path) -> None:
    def arrive(data: bytes) -> Path:
        sha256 = hashlib.sha256(data).hexdigest()
        with Spool(tmp_path).begin("EMU-1") as arrival:
            arrival.write(memoryview(data))
            arrival.settle(sha256)
            return arrival.commit({"sha256": sha256})

    assert arrive(b"first").name == "EMU-1.jpg"
    assert arrive(b"first").name == "EMU-1.jpg"
    assert arrive(b"other").name == "EMU-1-2.jpg"
    assert arrive(b"other").name == "EMU-1-2.jpg"
    assert (tmp_path / "EMU-1.jpg").read_bytes() == b"first"
    assert json.loads((tmp_path / "EMU-1.json").read_text())["sha256"] == hashlib.sha256(b"first").hexdigest()


def test_an_arrival_that_is_not_committed_leaves_nothing(tmp_path: Path) -> None:
    with Spool(tmp_path).begin("EMU-1") as arrival:
        arrival.write(memoryview(b"half"))
    assert list(tmp_path.iterdir()) == []


def test_an_arrival_is_there_as_a_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Spool(tmp_path).begin("EMU-1") as arrival:
        arrival.write(memoryview(b"whole"))
        monkeypatch.setattr(os, "fsync", lambda descriptor: (_ for _ in ()).throw(OSError(5, "broken disk")))
        with pytest.raises(SpoolError, match="broken disk"):
            arrival.commit({})
    assert list(tmp_path.iterdir()) == []


@given(serial=st.text(max_size=60), number=st.integers(0, 2**32 - 1))
def test_what_a_camera_calls_itself_never_becomes_a_path(serial: str, number: int) -> None:
    name = file_name(serial, number)
    assert Path(name).name == name
    assert not name.startswith(".")
    assert len(name) < 60
    assert name.isascii()
