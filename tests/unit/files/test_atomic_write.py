"""Files are old or new, never half; names are never paths."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from oralcam.files.atomic_write import link_durable, write_durable


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, mocker: MockerFixture
) -> None:
    path = tmp_path / "photo.jpg"
    write_durable(path, b"old")
    mocker.patch("os.fsync", side_effect=OSError(28, "No space left on device"))
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


def test_a_private_file_is_its_owners_only_whatever_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_durable(path, b"new", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
