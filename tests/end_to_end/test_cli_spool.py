"""`oralcam spool`: what a program left behind is found, saved, or deleted when told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.spool import Spool
from tests.end_to_end.test_cli import oralcam


@pytest.fixture
def spool(tmp_path: Path, replay: Path) -> Path:
    """Two photos that nobody saved, half of one, and a loss."""
    folder = tmp_path / "spool"
    with (
        Emulator(replay=replay, serial_number="EMU-7") as emulator,
        Camera.open(emulator, spool=folder) as camera,
    ):
        camera.capture()
        emulator.bench.press()
        assert camera.next_press(timeout=10) is not None
    with Spool(folder).begin("EMU-7-000003", 9) as arrival:
        arrival.write(memoryview(b"half"))
    Spool(folder).note_loss("EMU-7-000004", 2)
    (folder / ".EMU-7-000005.json.77.part").write_bytes(b"of a program that was killed")
    return folder


def test_status_tells_what_is_there(spool: Path) -> None:
    told = oralcam("spool", "status", "--spool", spool, "--json").json
    assert [photo["capture_id"] for photo in told["photos"]] == ["EMU-7-000001", "EMU-7-000002"]
    assert [photo["press_number"] for photo in told["photos"]] == [None, 1]
    assert told["unfinished"] == {"EMU-7-000003": 4}
    assert told["losses"] == [{"capture_id": "EMU-7-000004", "press_number": 2}]
    assert told["leftovers"] == [".EMU-7-000005.json.77.part"]
    done = oralcam("spool", "status", "--spool", spool)
    assert done.code == 0
    assert "EMU-7-000002  1" in done.out
    assert "press 2 was lost" in done.out
    assert "2 photos, 1 unfinished, 1 reported losses" in done.err


def test_recover_saves_every_photo_and_takes_it_out(spool: Path, tmp_path: Path, replay: Path) -> None:
    done = oralcam("spool", "recover", "--spool", spool, "--out", tmp_path / "rescued")
    assert done.code == 0
    saved = sorted((tmp_path / "rescued").iterdir())
    assert [path.name for path in saved] == ["EMU-7-000001.jpg", "EMU-7-000002.jpg"]
    assert all(path.read_bytes() == replay.read_bytes() for path in saved)
    assert oralcam("spool", "status", "--spool", spool, "--json").json["photos"] == []
    again = oralcam("spool", "recover", "--spool", spool, "--out", tmp_path / "rescued")
    assert (again.code, again.out) == (0, "")
    assert "No photo waits" in again.err


def test_a_photo_that_the_disk_damaged_is_said_so_and_stays(spool: Path, tmp_path: Path) -> None:
    path = spool / "EMU-7-000001.jpg"
    path.write_bytes(path.read_bytes()[:-1])
    done = oralcam("spool", "recover", "--spool", spool, "--out", tmp_path / "rescued")
    assert done.code == 13
    assert "was damaged on this disk" in done.err
    assert path.exists()
    assert [path.name for path in (tmp_path / "rescued").iterdir()] == ["EMU-7-000002.jpg"]


def test_purge_deletes_when_it_is_told_yes_and_keeps_what_is_owed(spool: Path) -> None:
    Spool(spool).owe("EMU-7-000001", "ab" * 32)
    before = sorted(spool.iterdir())
    done = oralcam("spool", "purge", "--spool", spool)
    assert (done.code, sorted(spool.iterdir())) == (0, before)
    assert "2 photos, 1 unfinished" in done.out
    assert oralcam("spool", "purge", "--spool", spool, "--yes").code == 0
    assert [path.name for path in spool.iterdir()] == ["EMU-7-000001.owed"]


def test_purge_leaves_a_photo_alone_that_is_arriving(spool: Path) -> None:
    with Spool(spool).begin("EMU-7-000003", 9):
        assert oralcam("spool", "purge", "--spool", spool, "--yes").code == 0
        assert [path.name for path in spool.iterdir()] == ["EMU-7-000003.part"]


@pytest.mark.parametrize("words", [["recover"], ["status", "--out", "x"], ["status", "--yes"], ["empty"], []])
def test_a_wrong_command_line_is_refused(words: list[str]) -> None:
    done = oralcam("spool", *words)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
