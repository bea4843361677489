"""`oralcam visit` and `oralcam outbox`: from presses to a practice's folder, on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oralcam import jpeg as photos
from oralcam.emulator import Emulator
from oralcam.outbox.delivery_table import DeliveryTable
from tests.end_to_end.test_cli import TIMEOUT_S, oralcam
from tests.unit.jpeg.pictures import chroma

PATIENT = {
    "patient_id": "P1",
    "issuer": "practice",
    "family_name": "Müller",
    "given_name": "Zoë",
    "birth_date": "1990-05-17",
}


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    (tmp_path / "mouth.jpg").write_bytes(chroma("4:2:2", size=(640, 480)))
    with Emulator(replay=tmp_path / "mouth.jpg") as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    (folder / "outgoing").mkdir(parents=True)
    sinks = f'[files]\nkind = "folder"\npath = "{folder / "outgoing"}"\n'
    (folder / "sinks.toml").write_text(sinks, "utf-8")
    return folder


@pytest.fixture
def patient(tmp_path: Path) -> Path:
    (tmp_path / "patient.json").write_text(json.dumps(PATIENT), "utf-8")
    return tmp_path / "patient.json"


class Visiting:
    """`oralcam visit`, once the patient is armed."""

    def __init__(self, emulator: Emulator, home: Path, patient: Path, *words: str) -> None:
        self._emulator = emulator
        options = ["--port", emulator.port, "--home", str(home), "--patient", str(patient), *words]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "oralcam", "visit", "--json", "--timeout", "20", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        self.armed = self.process.stderr.readline()
        time.sleep(0.15)  # as long as a hand takes from the screen to the camera: see arming.TOLERANCE_S

    def press(self) -> dict[str, Any]:
        self._emulator.bench.press()
        return self.heard()

    def heard(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line: dict[str, Any] = json.loads(self.process.stdout.readline())
        return line

    def type(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def said(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.readline()

    def end(self) -> tuple[int, str]:
        assert self.process.stderr is not None
        said = self.process.stderr.read()
        return self.process.wait(TIMEOUT_S), said


def test_presses_become_tagged_photos_in_the_practices_folder(
    emulator: Emulator, home: Path, patient: Path
) -> None:
    visiting = Visiting(
        emulator, home, patient, "--site", "ISO 26", "--reason", "Cracked cusp", "--count", "2"
    )
    assert "Müller, Zoë" in visiting.armed  # for the people in the room
    assert visiting.press()["site"].startswith("26 (ISO 3950)")
    assert visiting.press()["site"] is None
    code, said = visiting.end()
    assert (code, "2 photos confirmed" in said) == (0, True), said
    read = [photos.read(path.read_bytes()) for path in (home / "outgoing").glob("*.jpg")]
    assert {(one.teeth, one.reason) for one in read} == {(("26",), "Cracked cusp"), ((), "Cracked cusp")}
    status = oralcam("outbox", "status", "--home", home, "--all", "--json")
    assert [each["state"] for each in json.loads(status.out)] == ["confirmed", "confirmed"]


def test_a_line_that_is_typed_describes_the_oldest_photo_without_a_site(
    emulator: Emulator, home: Path, patient: Path
) -> None:
    visiting = Visiting(emulator, home, patient, "--count", "2")
    first = visiting.press()
    visiting.type("14")  # refused with both meanings, and the photo is kept
    visiting.type("Universal 14 | Fracture line")
    described = visiting.heard()
    assert (described["record_id"], described["site"]) == (first["record_id"], "14 (Universal)")
    visiting.press()
    code, said = visiting.end()
    assert code == 0
    assert "ISO 3950" in said
    assert "Universal" in said


def test_a_bad_picture_is_told_at_once_with_what_to_do(emulator: Emulator, home: Path, patient: Path) -> None:
    visiting = Visiting(
        *(emulator, home, patient, "--count", "1", "--profile", "general"),
        *("--barrier-changed", "--consent", "written"),
    )
    told = visiting.press()
    code, said = visiting.end()
    assert code == 0
    assert told["quality"]["verdict"] in ("warn", "fail")  # of a picture that is no mouth
    assert told["quality"]["warnings"]
    for sentence in told["quality"]["warnings"]:
        assert f"Photo of press 1: {sentence}" in said
    assert said.index("Photo of press 1") < said.index("photos confirmed")
    kept = json.loads(oralcam("record", "show", "--json", "--records", home / "records").out)
    assert (kept["patient"]["barrier_changed"], kept["patient"]["consent"]) == (True, "written")
    assert kept["quality"] == told["quality"]


def test_a_series_is_prompted_view_by_view(emulator: Emulator, home: Path, patient: Path) -> None:
    visiting = Visiting(emulator, home, patient, "--template", "orthodontic", "--reason", "Start")
    first, second = visiting.press(), visiting.press()
    assert first["site"] != second["site"]
    prompts = 0
    while prompts < 3:  # the first view, and after each press the next one
        line = visiting.said()
        assert line, "it ended before the third prompt"
        prompts += "Next: " in line
    visiting.process.terminate()
    visiting.end()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({**PATIENT, "patient_id": ""}, "patient's id"),
        ({**PATIENT, "born": "x"}, "mean nothing here"),
        ({**PATIENT, "birth_date": "17.5.1990"}, "no date such as 1990-05-17"),
        ({"issuer": "practice"}, "lacks patient_id"),
        ([], "JSON object"),
    ],
)
def test_a_patient_who_cannot_be_is_refused_without_being_named(
    emulator: Emulator, home: Path, tmp_path: Path, said: Any, sentence: str
) -> None:
    (tmp_path / "bad.json").write_text(json.dumps(said), "utf-8")
    done = oralcam("visit", "--port", emulator.port, "--home", home, "--patient", tmp_path / "bad.json")
    assert done.code == 16
    assert sentence in done.err
    assert "Müller" not in done.err


def test_nobody_is_armed_unless_somebody_is_named(emulator: Emulator, home: Path) -> None:
    done = oralcam("visit", "--port", emulator.port, "--home", home)
    assert (done.code, "Say whose photos" in done.err) == (2, True)


def test_what_nobody_could_send_waits_and_is_sent_later(
    emulator: Emulator, home: Path, patient: Path
) -> None:
    (home / "outgoing").rename(home / "away")  # the share is not connected
    visiting = Visiting(emulator, home, patient, "--site", "ISO 26", "--reason", "x", "--count", "1")
    record_id = visiting.press()["record_id"]
    visiting.process.terminate()  # nobody waits a minute for it
    visiting.end()
    status = oralcam("outbox", "status", "--home", home)
    assert record_id in status.out
    assert "connected" in status.out
    (home / "away").rename(home / "outgoing")
    retried = oralcam("outbox", "retry", "--home", home, "--sink", "files")
    assert retried.out.startswith("1 deliveries")
    sent = oralcam("outbox", "run", "--home", home, "--timeout", "20")
    assert sent.code == 0, sent.err
    assert [path.stem for path in (home / "outgoing").glob("*.jpg")] == [record_id]


def test_a_photo_whose_visit_was_killed_before_its_site_was_said_is_sent(
    emulator: Emulator, home: Path, patient: Path
) -> None:
    visiting = Visiting(emulator, home, patient)
    record_id = visiting.press()["record_id"]
    visiting.process.kill()
    visiting.end()
    assert not list((home / "outgoing").glob("*.jpg"))
    assert record_id in oralcam("outbox", "status", "--home", home).out
    assert oralcam("outbox", "run", "--home", home, "--timeout", "20").code == 0
    assert [path.stem for path in (home / "outgoing").glob("*.jpg")] == [record_id]


def test_what_is_put_right_later_goes_out_again(emulator: Emulator, home: Path, patient: Path) -> None:
    visiting = Visiting(emulator, home, patient, "--site", "ISO 26", "--reason", "x", "--count", "1")
    record_id = visiting.press()["record_id"]
    assert visiting.end()[0] == 0
    (tagged,) = (home / "outgoing").glob("*.jpg")
    assert photos.read(tagged.read_bytes()).teeth == ("26",)
    right = ("--tooth", "36", "--system", "iso_3950", "--why", "the other jaw")
    corrected = oralcam("record", "correct", record_id, *right, "--records", home / "records")
    assert "It goes to files" in corrected.err
    assert oralcam("outbox", "run", "--home", home, "--timeout", "20").code == 0
    assert photos.read(tagged.read_bytes()).teeth == ("36",)


def test_a_delivery_that_needs_somebody_to_look_is_an_exit_code(home: Path) -> None:
    with DeliveryTable(home / "outbox" / "outbox.sqlite") as table:
        table.queue("00000000-0000-4000-8000-000000000001", "2.25.1", ["files"], time.time())
        (delivery,) = table.due(time.time())
        table.refused(delivery, "It belongs to another study.", time.time())
    status = oralcam("outbox", "status", "--home", home)
    assert (status.code, "another study" in status.out) == (1, True)
