"""`oralcam capture`, `info`, `health` and `light` with an emulated camera."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from oralcam.discovery.running_emulators import announced
from oralcam.emulator import Emulator
from oralcam.link.ports.counters import LinkCounters
from oralcam.trace.recorder import read_trace
from tests.end_to_end.test_cli import oralcam


@pytest.fixture
def emulator(replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay) as running:
        yield running


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_photo_gets_a_name_of_its_own_here(emulator: Emulator, own_folder: Path, replay: Path) -> None:
    done = oralcam("capture", "--port", emulator.port)
    (photo,) = own_folder.iterdir()
    assert done.code == 0
    assert photo.name == f"photo-{emulator.serial_number}-000001.jpg"
    assert done.out.startswith(photo.name)
    assert photo.read_bytes() == replay.read_bytes()
    assert done.err == ""


def test_json_says_everything_about_the_photo(emulator: Emulator, replay: Path) -> None:
    before = datetime.now().astimezone()
    done = oralcam("capture", "--port", emulator.port, "-o", "m.jpg", "--light", "posterior", "--json")
    after = datetime.now().astimezone()
    photo = done.json
    assert done.code == 0
    assert photo["sha256"] == hashlib.sha256(replay.read_bytes()).hexdigest()
    assert photo["sha256"] == hashlib.sha256(Path(photo["path"]).read_bytes()).hexdigest()
    assert (photo["size"], photo["width"], photo["height"]) == (300_000, 1600, 1200)
    assert photo["capture_id"] == f"{emulator.serial_number}-000001"
    assert photo["serial_number"] == emulator.serial_number
    assert photo["light"]["posterior_left"]["level"] == 1
    assert photo["light"]["posterior_left"]["current_ma"] > photo["light"]["anterior"]["current_ma"] > 0
    taken_at = datetime.fromisoformat(photo["taken_at"])
    assert taken_at.utcoffset() is not None
    assert before <= taken_at <= after
    assert 0 < photo["taken_at_uncertainty_s"] < 1
    assert (photo["trigger"], photo["press_number"]) == ("host", None)
    assert photo["exposure_us"] > 0
    assert photo["gain"] >= 1
    assert 50 <= photo["jpeg_quality"] <= 95
    assert photo["tip_temperature_c"] == pytest.approx(34)


def test_the_spool_is_empty_after_it(emulator: Emulator, tmp_path: Path) -> None:
    assert oralcam("capture", "--port", emulator.port, "--spool", tmp_path / "spool").code == 0
    assert list((tmp_path / "spool").iterdir()) == []


def test_into_a_folder(emulator: Emulator, own_folder: Path) -> None:
    (own_folder / "photos").mkdir()
    done = oralcam("capture", "--port", emulator.port, "-o", "photos", "--json")
    assert Path(done.json["path"]).parent == Path("photos")
    assert Path(done.json["path"]).exists()


def test_a_named_file_is_replaced_and_a_name_of_our_own_never_replaces(
    replay: Path, own_folder: Path
) -> None:
    paths = []
    for _ in range(2):
        with Emulator(replay=replay, serial_number="SAME") as emulator:  # its numbers begin anew
            paths.append(oralcam("capture", "--port", emulator.port, "--json").json["path"])
            assert oralcam("capture", "--port", emulator.port, "-o", "named.jpg").code == 0
    assert paths == ["photo-SAME-000001.jpg", "photo-SAME-000001-2.jpg"]
    assert len(list(own_folder.iterdir())) == 3


def test_an_emulator_of_its_own(replay: Path) -> None:
    done = oralcam("capture", "--replay", replay, "--sharpest-of", "2", "--json")
    assert done.code == 0
    assert Path(done.json["path"]).read_bytes() == replay.read_bytes()


def test_a_picture_as_the_scene(own_folder: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    image.linear_gradient("L").convert("RGB").save(own_folder / "mouth.png")
    done = oralcam("capture", "--scene", "mouth.png", "-o", "relit.jpg")
    assert done.code == 0
    assert (own_folder / "relit.jpg").read_bytes()[:2] == b"\xff\xd8"


@pytest.mark.parametrize(
    "output", ["missing/photo.jpg", "missing/", "file/photo.jpg", "/proc/photo.jpg", "x" * 300, "/dev/null"]
)
def test_a_place_that_cannot_be_written_is_told_before_the_photo(
    emulator: Emulator, own_folder: Path, output: str
) -> None:
    (own_folder / "file").write_text("in the way")
    done = oralcam("capture", "--port", emulator.port, "-o", output, "--json")
    assert done.code == 9
    assert done.json["error"] == "output-not-writable"
    assert done.err.count("\n") == 1
    assert os.listdir(own_folder) == ["file"]
    assert emulator.bench.exposures == 0


def test_info(emulator: Emulator) -> None:
    done = oralcam("info", "--port", emulator.port, "--json")
    assert done.code == 0
    assert done.json["serial_number"] == emulator.serial_number
    assert done.json["port"] == emulator.port
    assert done.json["board"] == os.environ.get("ORALCAM_BOARD", "unix")
    assert done.json["protocol_version"] == "1.1"
    assert done.json["firmware_version"]
    assert done.json["capabilities"] == ["exposure_in_microseconds"]
    assert done.json["photos_waiting"] == 0
    text = oralcam("info", "--port", emulator.port).out
    assert f"serial number     {emulator.serial_number}\n" in text


@pytest.mark.parametrize("command", ["list", "info"])
def test_short_commands_do_not_pay_for_long_ones(
    emulator: Emulator, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    with announced(emulator.serial_number, emulator.port):
        done = oralcam(command, *(["--port", emulator.port] if command == "info" else []))
    assert done.code == 0
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.err.splitlines()}
    assert "oralcam" in loaded
    slow = {"numpy", "construct", "usb", "pydicom", "PIL", "platformdirs", "asyncio", "logging", "hashlib"}
    assert not loaded & slow


def test_info_counts_the_photos_that_wait(emulator: Emulator) -> None:
    emulator.bench.press()
    assert emulator.bench.wait_until(lambda bench: "taken" in bench.shown)
    assert oralcam("info", "--port", emulator.port, "--json").json["photos_waiting"] == 1


def test_health_is_ok(emulator: Emulator) -> None:
    done = oralcam("health", "--port", emulator.port, "--json")
    assert (done.code, done.json["ok"]) == (0, True)
    assert done.json["tip_temperature_c"] == pytest.approx(34)
    assert done.json["link"] == vars(LinkCounters())  # nothing went wrong
    text = oralcam("health", "--port", emulator.port)
    assert "link:" not in text.out
    assert text.code == 0
    assert text.out.startswith(f"{emulator.serial_number}: ok\n")
    assert "\x1b" not in text.out


def test_health_is_not_ok_when_the_tip_is_hot() -> None:
    with Emulator() as emulator:
        emulator.bench.set_tip_temperature(50)
        for _ in range(50):  # the firmware looks at its sensor from time to time
            done = oralcam("health", "--port", emulator.port, "--json")
            if done.json["light_locked"]:
                break
        assert (done.code, done.json["ok"], done.json["light_locked"]) == (1, False, "too warm")
        refused = oralcam("light", "even", "--port", emulator.port)
        assert refused.code == 10


def test_the_ring_is_lit_as_long_as_the_command(emulator: Emulator) -> None:
    done = oralcam("light", "--anterior", "0.5", "--seconds", "0.5", "--port", emulator.port, "--json")
    assert done.code == 0
    assert done.json["steady"] is True
    assert done.json["zones"]["anterior"]["level"] == 0.5
    assert emulator.bench.wait_until(lambda bench: not any(bench.ring_ma.values()))
    state = oralcam("light", "--port", emulator.port, "--json").json
    assert state["steady"] is False
    assert "exposures only" in oralcam("light", "--port", emulator.port).out


def test_a_light_level_outside_its_range(emulator: Emulator) -> None:
    done = oralcam("light", "--anterior", "1.5", "--port", emulator.port)
    assert done.code == 2
    assert "0..1" in done.err


def test_a_trace_records_the_session(tmp_path: Path, replay: Path) -> None:
    trace = tmp_path / "session.trace"
    done = oralcam("--trace", trace, "capture", "--replay", replay, "-o", tmp_path / "molar.jpg")
    assert done.code == 0
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    entries = list(read_trace(trace))
    assert sum(len(entry.data) for entry in entries if entry.to == "host") > 300_000
    assert any(entry.to == "camera" for entry in entries)


def test_a_trace_that_cannot_be_written_is_refused_at_the_door(tmp_path: Path) -> None:
    done = oralcam("--trace", tmp_path / "no" / "folder", "info", "--emulator")
    assert done.code == 9
    assert len(done.err.splitlines()) == 1
    assert oralcam("--trace", "file").code == 2
    assert oralcam("--trace", "file", "list").code == 2  # no camera is opened: nothing to record
