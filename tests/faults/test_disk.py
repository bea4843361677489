"""A disk that lets the spool down: the camera keeps the photo, the user is told, and nothing is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.errors import SpoolError
from oralcam.files.disk import Disk, GrowingFile
from oralcam.link.deadlines import Deadlines
from oralcam.spool import Spool

DEADLINE_S = 60.0


class BadFile(GrowingFile):
    """Fails where its disk says."""

    disk: BadDisk

    def append(self, piece: memoryview) -> None:
        self.disk.maybe("append")
        super().append(piece)

    def sync(self) -> None:
        self.disk.maybe("sync")
        super().sync()


class BadDisk(Disk):
    """`fails` names the operation that fails, `number` how."""

    fails = ""
    number = errno.ENOSPC

    def maybe(self, operation: str) -> None:
        if operation == self.fails:
            raise OSError(self.number, os.strerror(self.number))

    def grow(self, name: str) -> GrowingFile:
        self.maybe("grow")
        file = BadFile(self.folder / name)
        file.disk = self
        return file

    def write(self, name: str, data: bytes, *, private: bool = False) -> None:
        self.maybe("write")
        super().write(name, data, private=private)

    def rename(self, old: str, new: str) -> None:
        self.maybe("rename")
        super().rename(old, new)

    def names(self) -> list[str]:
        self.maybe("names")
        return super().names()

    def remove(self, name: str) -> None:
        self.maybe("remove")
        super().remove(name)


@pytest.fixture
def emulator(replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay, store="flash") as running:
        yield running


@pytest.mark.parametrize("operation", ["grow", "append", "sync", "write", "rename"])
@pytest.mark.parametrize(
    "number",
    [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EINVAL],
    ids=["full", "read-only", "broken", "no-fsync"],
)
def test_the_camera_keeps_what_the_disk_does_not_take(
    emulator: Emulator, tmp_path: Path, replay: Path, operation: str, number: int
) -> None:
    disk = BadDisk(tmp_path / "spool")
    with Camera(emulator.port, spool=Spool(disk)) as camera:
        disk.fails, disk.number = operation, number
        emulator.bench.press()
        with pytest.raises(SpoolError, match="the camera keeps"):
            camera.next_press(DEADLINE_S)
        assert camera.health().photos_waiting == 1
        assert not list((tmp_path / "spool").glob("*.jpg"))
        disk.fails = ""
        photo = camera.next_press(DEADLINE_S)
        assert photo is not None
        assert photo.jpeg == replay.read_bytes()
        assert camera.health().photos_waiting == 0


def test_a_full_disk_gets_back_the_room_of_half_a_photo(emulator: Emulator, tmp_path: Path) -> None:
    disk = BadDisk(tmp_path / "spool")
    with Camera(emulator.port, spool=Spool(disk)) as camera:
        disk.fails = "sync"
        with pytest.raises(SpoolError):
            camera.capture()
        assert list((tmp_path / "spool").iterdir()) == []


def test_a_folder_that_is_removed_is_not_made_again_behind_the_users_back(
    emulator: Emulator, tmp_path: Path, replay: Path
) -> None:
    spool = tmp_path / "drive" / "spool"
    with Camera(emulator.port, spool=spool) as camera:
        spool.rmdir()
        spool.parent.rmdir()  # a drive that was pulled out
        emulator.bench.press()
        with pytest.raises(SpoolError, match="No such file"):
            camera.next_press(DEADLINE_S)
        assert not spool.parent.exists()
        spool.mkdir(parents=True)
        photo = camera.next_press(DEADLINE_S)
        assert photo is not None
        assert photo.jpeg == replay.read_bytes()


def test_a_photo_that_could_not_be_captured_to_disk_comes_later(emulator: Emulator, tmp_path: Path) -> None:
    disk = BadDisk(tmp_path / "spool")
    with Camera(emulator.port, spool=Spool(disk)) as camera:
        disk.fails = "append"
        with pytest.raises(SpoolError):
            camera.capture()
        disk.fails = ""
        assert camera.next_press(timeout=0) is None  # nobody pressed; the stray is in the spool now
        assert len(list((tmp_path / "spool").glob("*.jpg"))) == 1
        assert camera.health().photos_waiting == 0


@pytest.mark.parametrize("operation", ["names", "write", "remove"])
def test_a_disk_that_fails_is_no_reason_to_stay_away_from_a_camera_that_is_back(
    emulator: Emulator, tmp_path: Path, operation: str
) -> None:
    disk = BadDisk(tmp_path / "spool")
    with Camera(emulator.port, spool=Spool(disk), deadlines=Deadlines().faster(4)) as camera:
        emulator.bench.press()
        assert emulator.bench.wait_until(lambda bench: len(bench.accepted) == 1)
        disk.fails = operation
        before = camera.link_counters.reconnects
        emulator.reset()
        with camera._link.monitor as monitor:
            assert monitor.wait_for(lambda: camera.link_counters.reconnects > before, DEADLINE_S)
        assert camera.health().photos_waiting == 1
        disk.fails = ""
        assert camera.next_press(DEADLINE_S) is not None
