"""`oralcam record`: what is kept is shown, corrected, filed and linked anew by somebody who says why."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from oralcam.cli.main import main
from oralcam.record import (
    Doubt,
    PictureQuality,
    Quarantine,
    Quarantined,
    RecordStore,
    Site,
    ToothSystem,
    Verdict,
    VisitIds,
    make_record,
)
from oralcam.record.corrections import with_reason
from tests.unit.record.strategies import JPEG, NOON, patient, photo, record


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, on a store with two records and two photos in quarantine."""
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path))
    monkeypatch.setenv("ORALCAM_OPERATOR", "Dr A")

    def running(*words: str, stdin: str = "") -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = main(["record", *words])
        out, err = capsys.readouterr()
        assert "internal error" not in err
        return Done(code, out, err)

    return running


@pytest.fixture
def store(run: Run, tmp_path: Path) -> RecordStore:
    store = RecordStore(tmp_path / "records")
    site = Site.parse("26", system=ToothSystem.ISO_3950, surfaces="MO")
    store.keep(record(1, site=site, reason="crack"), JPEG)
    store.keep(record(2, supersedes=record(1).record_id), JPEG)
    quarantine = Quarantine(store)
    quarantine.keep(photo(3), Quarantined(Doubt.CHANGE_OF_PATIENT, (patient(2), patient(1))), JPEG)
    timeless = photo(4, taken_at=None, taken_at_uncertainty_s=None)
    quarantine.keep(timeless, Quarantined(Doubt.TIME_UNKNOWN, ()), JPEG)
    return store


def waiting(store: RecordStore, capture: int) -> str:
    quarantine = Quarantine(store)
    (found,) = (
        one for one in quarantine.ids() if quarantine.read(one).photo.capture_id == f"EMU-{capture:06d}"
    )
    return found


def test_show_lists_all_and_marks_what_was_retaken(run: Run, store: RecordStore) -> None:
    done = run("show")
    assert done.code == 0
    (row,) = (line for line in done.out.splitlines() if "(retaken)" in line)
    for part in (record(1).record_id[:8], "Müller, Zoë, born 1990-01-01", "26 (ISO 3950) MO", "crack"):
        assert part in row
    assert "2 records, 2 photos in quarantine" in done.err
    assert [one["record_id"] for one in run("show", "--json").json] == [
        record(1).record_id,
        record(2).record_id,
    ]


def test_show_tells_everything_of_one_with_its_history(run: Run, store: RecordStore) -> None:
    one = record(1).record_id
    store.change(store.read(one), with_reason(store.read(one), "caries", who="Dr B", at=NOON))
    done = run("show", one)
    assert "superseded by" in done.out
    assert "2026-03-04 12:00:00+01:00 reason by Dr B (was: crack)" in done.out
    assert run("show", one, "--json").json[0]["reason"] == "caries"
    assert run("show", one[:8].upper()).code == 2  # both ids of this test begin so
    assert run("show", one.upper()).code == 0


def test_show_tells_how_good_the_picture_is_and_what_was_acknowledged(run: Run, store: RecordStore) -> None:
    dark = PictureQuality(Verdict.WARN, "general", 1, ("The picture is dark.",), {"fog": 1.5})
    asked = patient(1, barrier_changed=True, consent="written")
    made = make_record(photo(5), asked, VisitIds.new(), quality=dark)
    blind = make_record(photo(6), patient(1), VisitIds.new(), quality=PictureQuality.unknown("It is gray."))
    store.keep(made, JPEG)
    store.keep(blind, JPEG)
    told = " ".join(run("show", made.record_id).out.split())
    assert "quality warn (profile general 1) The picture is dark." in told
    assert "consent written barrier changed for this patient" in told
    assert "quality not measured It is gray." in " ".join(run("show", blind.record_id).out.split())
    for word in ("quality", "consent", "barrier"):
        assert word not in run("show", record(1).record_id).out  # nobody asked, nobody measured


def test_a_damaged_record_is_said_and_the_others_are_shown(run: Run, store: RecordStore) -> None:
    (store.folder / "records" / f"{record(1).record_id}.json").write_text("{")
    done = run("show")
    assert done.code == 16
    assert record(1).record_id in done.err
    assert record(2).record_id[:8] in done.out


def test_correct_puts_site_and_reason_right(run: Run, store: RecordStore) -> None:
    one = record(2).record_id
    done = run(
        *("correct", one, "--tooth", "8", "--system", "universal", "--surfaces", "B", "--reason", "chip"),
        *("--why", "forgotten"),
    )
    assert (done.code, done.out.strip()) == (0, one)
    assert "B (buccal) is recorded as F (facial)" in done.err
    kept = store.read(one)
    assert kept.site is not None
    assert (kept.site.label, kept.reason) == ("8 (Universal) F", "chip")
    assert [(change.who, change.why) for change in kept.history] == [("Dr A", "forgotten")] * 2
    assert run("correct", one, "--area", "upper arch", "--who", "Dr C").code == 0
    assert store.read(one).history[-1].who == "Dr C"


def test_a_bare_number_is_refused_here_too(run: Run, store: RecordStore) -> None:
    done = run("correct", record(1).record_id, "--tooth", "14")
    assert done.code == 16
    assert "upper left first molar in Universal" in done.err
    assert "upper right first premolar in ISO 3950" in done.err


def test_quarantine_shows_why_and_the_candidates(run: Run, store: RecordStore) -> None:
    done = run("quarantine")
    assert "Somebody was armed or disarmed so close to the press" in done.out
    assert "candidate 1: Müller, Zoë, born 1990-01-02, P2 at practice" in done.out
    assert "candidate 2: Müller, Zoë, born 1990-01-01, P1 at practice" in done.out
    assert "at a time that nobody knows" in done.out
    assert {one["doubt"] for one in run("quarantine", "--json").json} == {"change_of_patient", "time_unknown"}
    one = run("quarantine", waiting(store, 3))
    assert "candidate 2" in one.out
    assert "nobody knows" not in one.out


def test_quarantine_is_filed_to_a_candidate_by_somebody_who_says_why(run: Run, store: RecordStore) -> None:
    one = waiting(store, 3)
    assert run("quarantine", one, "--candidate", "2").code == 16  # no reason
    for candidate in ("0", "3"):
        assert run("quarantine", one, "--candidate", candidate, "--why", "x").code == 2
    assert waiting(store, 3) == one
    done = run("quarantine", one, "--candidate", "2", "--why", "I saw it", "--area", "tongue")
    assert (done.code, done.out.strip()) == (0, one)
    kept = store.read(one)
    assert (kept.patient, kept.operator) == (patient(1), "Dr A")
    assert kept.site == Site.parse("tongue")
    assert run("quarantine", one, "--candidate", "1", "--why", "again").code == 16


def test_a_photo_without_a_time_gets_one(run: Run, store: RecordStore) -> None:
    one = waiting(store, 4)
    of = ("quarantine", one, "--patient-of", record(1).record_id, "--why", "I saw it")
    assert run(*of).code == 16
    assert run(*of, "--taken-at", "yesterday").code == 2
    assert run(*of, "--taken-at", "2026-03-04T09:30+01:00").code == 0
    assert store.read(one).taken_at.isoformat() == "2026-03-04T09:30:00+01:00"
    assert run("quarantine").err == ""
    assert run("quarantine", waiting(store, 3), "--candidate", "1", "--why", "x").code == 0
    assert "No photo waits" in run("quarantine").err


def test_relink_takes_a_patient_that_never_stood_on_the_command_line(
    run: Run, store: RecordStore, tmp_path: Path
) -> None:
    one = record(1).record_id
    given = {"patient_id": "77", "issuer": "practice", "family_name": "山田", "birth_date": "2001-02-03"}
    done = run("relink", one, "--patient", "-", "--why", "wrong chart", stdin=json.dumps(given))
    assert done.code == 0
    assert "relinked" in done.err
    assert "Müller" not in done.err  # standard error may go to a log
    moved = store.read(one)
    assert moved.patient.family_name == "山田"
    assert moved.history[-1].patient_before == patient(1)
    (tmp_path / "patient.json").write_text(json.dumps({**given, "patient_id": "78"}), "utf-8")
    assert run("relink", one, "--patient", str(tmp_path / "patient.json"), "--why", "again").code == 0
    assert store.read(one).patient.patient_id == "78"
    assert run("relink", one, "--patient-of", record(2).record_id, "--why", "back").code == 0
    assert store.read(one).patient == patient(1)


@pytest.mark.parametrize(
    "given", ["", "[]", "Quetzalcoatlus", '{"family_name": "Quetzalcoatlus"}', '{"x": "Quetzalcoatlus"}']
)
def test_a_patient_that_is_none_is_refused_in_silence(run: Run, store: RecordStore, given: str) -> None:
    done = run("relink", record(1).record_id, "--patient", "-", "--why", "x", "--json", stdin=given)
    assert done.code == 16
    assert "Quetzalcoatlus" not in done.out + done.err
    assert store.read(record(1).record_id).history == ()


@pytest.mark.parametrize(
    "words",
    [
        ("relink",),
        ("relink", "RECORD", "--why", "x"),
        ("relink", "RECORD", "--why", "x", "--patient-of", "RECORD", "--patient", "-"),
        ("relink", "RECORD", "--why", "x", "--patient", "/nowhere/at/all"),
        ("relink", "RECORD", "--candidate", "1"),
        ("show", "--why", "x"),
        ("show", "--candidate", "0"),
        ("correct", "RECORD"),
        ("correct",),
        ("correct", "RECORD", "--surfaces", "M"),
        ("correct", "RECORD", "--tooth", "14", "--area", "tongue"),
        ("correct", "RECORD", "--area", "UR6"),
        ("audit", "--reason", "x"),
        ("forget",),
    ],
)
def test_wrong_command_lines_change_nothing(run: Run, store: RecordStore, words: tuple[str, ...]) -> None:
    before = store.audit.verify()
    assert run(*(record(1).record_id if word == "RECORD" else word for word in words)).code == 2
    assert store.audit.verify() == before


def test_a_record_that_is_not_there_is_said(run: Run, store: RecordStore) -> None:
    for words in (("show", "ffff"), ("quarantine", "ffff"), ("correct", "../x", "--reason", "x")):
        assert run(*words).code == 16


def test_audit_lists_who_did_what_and_finds_forgery(run: Run, store: RecordStore) -> None:
    done = run("audit")
    assert done.code == 0
    assert [line.split()[4] for line in done.out.splitlines()] == [
        "recorded",
        "recorded",
        "superseded",
        "quarantined",
        "quarantined",
    ]
    assert [one["number"] for one in run("audit", "--json").json] == [1, 2, 3, 4, 5]
    path = store.audit.path
    path.write_bytes(path.read_bytes().replace(b"recorded", b"purged", 1))
    assert run("audit").code == 16
    done = run("audit", "--begin-anew")
    assert done.code == 0
    assert "the old one is kept as" in done.err
    assert run("audit").code == 0
