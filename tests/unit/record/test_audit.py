"""The audit log: what was changed, cut or torn is found; what a crash did is put right, and said."""

from __future__ import annotations

import json
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_mock import MockerFixture

from oralcam.errors import AuditBroken, InvalidRecord, RecordStoreError
from oralcam.files.private_folder import PrivateFolder
from oralcam.record.audit import HEAD, LOG, Act, AuditEntry, AuditLog
from tests.unit.record.strategies import NOON

IDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(10)]


class Clock:
    """A second later each time."""

    def __init__(self) -> None:
        self._seconds = 0

    def __call__(self) -> datetime:
        self._seconds += 1
        return NOON + timedelta(seconds=self._seconds)


clock = Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of five entries."""
    log = AuditLog(tmp_path / "audit", clock=clock)
    for number in range(5):
        log.append(Act.RECORDED, IDS[number], who="Dr Ä")
    return tmp_path / "audit"


def verified(folder: Path) -> int:
    return AuditLog(folder, clock=clock).verify().number


def test_entries_come_back_in_order_with_who_what_and_when(folder: Path) -> None:
    entries = list(AuditLog(folder).entries())
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.record_id for entry in entries] == IDS[:5]
    assert {(entry.who, entry.what) for entry in entries} == {("Dr Ä", Act.RECORDED)}
    assert [entry.before for entry in entries][1:] == [entry.digest for entry in entries][:-1]
    assert AuditLog(folder).verify() == (5, entries[-1].digest)
    assert AuditLog(folder).head.digest == entries[-1].digest


def test_a_log_that_is_empty_is_sound(tmp_path: Path) -> None:
    assert verified(tmp_path / "new") == 0
    assert list(AuditLog(tmp_path / "new").entries()) == []


def test_two_programs_add_to_one_log(folder: Path) -> None:
    one, other = AuditLog(folder, clock=clock), AuditLog(folder, clock=clock)
    for log in (one, other, other, one):
        log.append(Act.CORRECTED, IDS[0], who="Dr A")
    assert verified(folder) == 9


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_that_was_changed_is_found(folder: Path, data: st.DataObject) -> None:
    before = (folder / LOG).read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda value: value != before[place]))
    (folder / LOG).write_bytes(before[:place] + bytes([other]) + before[place + 1 :])
    with pytest.raises(AuditBroken):
        verified(folder)
    (folder / LOG).write_bytes(before)
    assert verified(folder) == 5


@pytest.mark.parametrize("field", ["number", "at", "who", "what", "record_id", "before", "digest"])
@pytest.mark.parametrize("line", [0, 2, 4])
def test_a_forged_field_is_found_even_with_a_digest_of_its_own(folder: Path, field: str, line: int) -> None:
    lines = (folder / LOG).read_bytes().splitlines(keepends=True)
    plain = json.loads(lines[line])
    plain[field] = {
        "number": 9,
        "at": NOON.isoformat(),
        "who": "Dr B",
        "what": "purged",
        "record_id": IDS[9],
        "before": "f" * 64,
        "digest": "f" * 64,
    }[field]
    forged = AuditEntry(
        plain["number"],
        datetime.fromisoformat(plain["at"]),
        plain["who"],
        Act(plain["what"]),
        plain["record_id"],
        plain["before"],
    )
    lines[line] = json.dumps(plain).encode() + b"\n" if field == "digest" else forged.line()
    (folder / LOG).write_bytes(b"".join(lines))
    with pytest.raises(AuditBroken):
        verified(folder)


@pytest.mark.parametrize("keep", ["", "0", "0123", "1234", "0134", "02134", "001234"])
def test_lines_that_were_cut_taken_out_or_turned_round_are_found(folder: Path, keep: str) -> None:
    lines = (folder / LOG).read_bytes().splitlines(keepends=True)
    (folder / LOG).write_bytes(b"".join(lines[int(number)] for number in keep))
    with pytest.raises(AuditBroken):
        verified(folder)


@pytest.mark.parametrize("what", [LOG, HEAD])
def test_a_file_that_is_gone_is_found(folder: Path, what: str) -> None:
    (folder / what).unlink()
    with pytest.raises(AuditBroken):
        verified(folder)
    with pytest.raises(AuditBroken):
        AuditLog(folder, clock=clock).append(Act.PURGED, who="Dr A")


@pytest.mark.parametrize("head", ["", "{}", "[]", '{"number": 5}', '{"number": 4, "digest": "x"}'])
def test_a_head_that_was_changed_is_found(folder: Path, head: str) -> None:
    (folder / HEAD).write_text(head, "utf-8")
    with pytest.raises(AuditBroken):
        verified(folder)


def test_a_line_torn_by_a_crash_is_taken_out_wherever_it_was_torn_and_that_is_said(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before, head = (folder / LOG).read_bytes(), (folder / HEAD).read_bytes()
    AuditLog(folder, clock=clock).append(Act.FILED, IDS[7], who="Dr A")
    line = (folder / LOG).read_bytes()[len(before) :]
    for torn in (1, 10, len(line) // 2, len(line) - 1):
        (folder / LOG).write_bytes(before + line[:torn])
        (folder / HEAD).write_bytes(head)
        caplog.clear()
        assert verified(folder) == 6
        *_, last = AuditLog(folder).entries()
        assert (last.what, last.who) == (Act.RECOVERED, "oralcam")
        assert f"{torn} bytes" in caplog.text
    (folder / LOG).write_bytes(before + line)  # whole, and only the head is behind
    (folder / HEAD).write_bytes(head)
    assert verified(folder) == 6
    *_, last = AuditLog(folder).entries()
    assert last.what is Act.FILED


def test_the_very_first_line_may_be_torn_too(tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    AuditLog(folder, clock=clock)
    (folder / LOG).write_bytes(b'{"number": 1, "at"')
    log = AuditLog(folder, clock=clock)
    log.append(Act.RECORDED, IDS[0], who="Dr A")
    assert [entry.what for entry in log.entries()] == [Act.RECOVERED, Act.RECORDED]


def test_a_failing_disk_leaves_a_log_that_goes_on(folder: Path, mocker: MockerFixture) -> None:
    """The line is written, the head is not."""
    log = AuditLog(folder, clock=clock)
    full = mocker.patch("os.replace", side_effect=OSError(28, "No space left on device"))
    for _ in range(2):
        with pytest.raises(RecordStoreError, match="No space"):
            log.append(Act.RECORDED, IDS[6], who="Dr A")
    mocker.stop(full)
    log.append(Act.RECORDED, IDS[7], who="Dr A")
    assert [entry.record_id for entry in log.entries()][5:] == [IDS[6], IDS[7]]
    assert verified(folder) == 7


def test_a_broken_log_is_put_aside_by_a_person_and_kept(folder: Path) -> None:
    (folder / LOG).write_bytes((folder / LOG).read_bytes().replace(b"Dr ", b"dr "))
    log = AuditLog(folder, clock=clock)
    with pytest.raises(AuditBroken, match="begin-anew"):
        log.append(Act.RECORDED, IDS[6], who="Dr A")
    kept = log.begin_anew(who="Dr A")
    assert kept is not None
    assert kept.read_bytes().count(b"dr ") == 5
    (first,) = log.entries()
    assert (first.what, first.who) == (Act.BEGUN_ANEW, "Dr A")
    assert verified(folder) == 1


@pytest.mark.parametrize("who", ["", " ", "a\nb", "x" * 65])
def test_somebody_did_it(folder: Path, who: str) -> None:
    with pytest.raises(InvalidRecord):
        AuditLog(folder).append(Act.PURGED, who=who)
    assert verified(folder) == 5


def test_a_record_is_named_by_its_id_only(folder: Path) -> None:
    with pytest.raises(InvalidRecord) as refused:
        AuditLog(folder).append(Act.PURGED, "Müller, Zoë", who="Dr A")
    assert "Müller" not in str(refused.value)


def test_its_files_are_its_owners(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_long_log_costs_no_more_to_add_to(folder: Path, mocker: MockerFixture) -> None:
    log = AuditLog(folder, clock=clock)
    mocker.patch("os.fsync")  # it is the same for a short one
    for _ in range(200):
        log.append(Act.RECORDED, IDS[0], who="Dr A")
    tail = mocker.spy(PrivateFolder, "tail")
    log.append(Act.RECORDED, IDS[0], who="Dr A")
    read = [len(data) for _, data in tail.spy_return_list]
    assert max(read) < 4096 < (folder / LOG).stat().st_size
    assert verified(folder) == 206
