"""Locks and renames as Windows has them."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_mock import MockerFixture

from oralcam.errors import RecordStoreError, SpoolError
from oralcam.files import atomic_write
from oralcam.files.lock import LOCKED_BYTE, try_lock
from oralcam.files.private_folder import FolderLock, PrivateFolder
from oralcam.spool import Spool
from oralcam.spool.spool import leave

SCANNED = PermissionError(13, "The process cannot access the file because it is being used")


def test_a_byte_behind_the_end_is_locked_and_the_position_stays(
    msvcrt: SimpleNamespace, tmp_path: Path
) -> None:
    places = []
    msvcrt.locking.side_effect = lambda descriptor, how, count: places.append(
        (os.lseek(descriptor, 0, os.SEEK_CUR), how, count)
    )
    with open(tmp_path / "photo", "wb+", buffering=0) as file:
        file.write(b"some bytes")
        assert try_lock(file)
        assert file.tell() == 10
    assert places == [(LOCKED_BYTE, msvcrt.LK_NBLCK, 1)]


def test_a_file_that_another_program_has_is_not_ours(msvcrt: SimpleNamespace, tmp_path: Path) -> None:
    msvcrt.locking.side_effect = SCANNED
    with open(tmp_path / "photo", "wb+", buffering=0) as file:
        assert not try_lock(file)
        assert file.tell() == 0
    with (
        pytest.raises(RecordStoreError, match="Another program"),
        FolderLock(PrivateFolder(tmp_path), patience_s=0.01),
    ):
        pass
    with pytest.raises(SpoolError, match="another program is writing this photo"):
        Spool(tmp_path).begin("EMU-1", 5)


def test_a_photo_is_closed_before_it_gets_its_name(
    msvcrt: SimpleNamespace, tmp_path: Path, mocker: MockerFixture
) -> None:
    with Spool(tmp_path).begin("EMU-1", 5) as arrival:
        arrival.write(memoryview(b"whole"))
        arrival.settle()
        file = arrival._file._file
        replaced = mocker.patch("os.replace", side_effect=lambda *_: closed.append(file.closed))
        closed: list[bool] = []
        arrival.commit({})
    assert closed[-1] is True
    assert replaced.call_args_list[-1].args == (str(tmp_path / "EMU-1.part"), str(tmp_path / "EMU-1.jpg"))


def test_a_file_that_is_being_scanned_is_renamed_a_moment_later(
    windows: None, tmp_path: Path, mocker: MockerFixture
) -> None:
    replace = mocker.patch("os.replace", side_effect=[SCANNED, SCANNED, None])
    sleep = mocker.patch("time.sleep")
    atomic_write.replace_file(tmp_path / "a", tmp_path / "b")
    assert replace.call_count == 3
    assert sleep.call_count == 2


def test_a_photo_that_is_being_scanned_leaves_the_spool_a_moment_later(
    windows: None, tmp_path: Path, mocker: MockerFixture
) -> None:
    unlink = mocker.patch("os.unlink", side_effect=[SCANNED, None, FileNotFoundError()])
    mocker.patch("time.sleep")
    leave(tmp_path / "EMU-1.jpg")
    assert [str(call.args[0]) for call in unlink.call_args_list] == [
        str(tmp_path / name) for name in ("EMU-1.jpg", "EMU-1.jpg", "EMU-1.json")
    ]


def test_a_file_that_is_never_let_go_is_an_error(
    windows: None, tmp_path: Path, mocker: MockerFixture
) -> None:
    mocker.patch("os.replace", side_effect=SCANNED)
    mocker.patch("time.sleep")
    mocker.patch("time.monotonic", side_effect=[0.0, 1.0, 1.9, 2.0])
    with pytest.raises(PermissionError):
        atomic_write.replace_file(tmp_path / "a", tmp_path / "b")
