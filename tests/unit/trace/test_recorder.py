"""Traces: what is recorded is read again; a full disk, a killed program and a wrong file are no accident."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam import __version__
from oralcam.errors import NotATrace, OutputNotWritable
from oralcam.trace.recorder import Entry, Recorder, read_header, read_trace

POSIX = os.name == "posix"
CALLS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["sent", "received"]), st.binary(max_size=200)),
        st.tuples(st.just("note"), st.text(min_size=1, max_size=50)),
    ),
    max_size=30,
)


class Clock:
    """Goes on by a quarter of a second at each look."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        self.now_s += 0.25
        return self.now_s


@settings(deadline=None)
@given(calls=CALLS)
def test_what_is_recorded_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[str, bytes | str]]
) -> None:
    path = tmp_path_factory.mktemp("trace") / "session.trace"
    recorder = Recorder(path, now=Clock())
    expected = []
    for number, (what, value) in enumerate(calls, start=1):
        getattr(recorder, what)(value)
        at_s = number * 0.25
        if isinstance(value, str):
            expected.append(Entry(at_s, note=value))
        else:
            expected.append(Entry(at_s, "camera" if what == "sent" else "host", value))
    recorder.close()
    assert list(read_trace(path)) == expected
    assert read_header(path)["version"] == __version__
    assert recorder.lost == 0


def test_the_file_is_text_that_says_what_it_is(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.trace", now=Clock())
    recorder.sent(b"\xc1\x61")
    recorder.note('the port "hung up"')
    recorder.close()
    header, sent, note = map(json.loads, (tmp_path / "a.trace").read_text("ascii").splitlines())
    assert header["oralcam_trace"] == 1
    assert sent == {"at": 0.25, "to": "camera", "data": "wWE="}
    assert note == {"at": 0.5, "note": 'the port "hung up"'}


@pytest.mark.skipif(not POSIX, reason="file modes")
def test_nobody_else_may_read_it_whatever_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "a.trace"
    path.write_text("older")
    path.chmod(0o644)
    before = os.umask(0)
    try:
        Recorder(path).close()
        Recorder(tmp_path / "new.trace").close()
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new.trace").stat().st_mode & 0o777 == 0o600
    assert list(read_trace(path)) == []


def test_a_file_that_cannot_be_made_is_refused_at_the_door(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere" / "a.trace"):
        with pytest.raises(OutputNotWritable, match=r"The trace .* cannot be written"):
            Recorder(path)


def test_what_was_recorded_survives_the_programs_death(tmp_path: Path) -> None:
    path = tmp_path / "a.trace"
    program = (
        "import os, signal, sys; from oralcam.trace.recorder import Recorder\n"
        "recorder = Recorder(sys.argv[1]); recorder.sent(b'kept'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], timeout=30, check=False)
    assert [entry.data for entry in read_trace(path)] == [b"kept"]


def test_a_last_line_that_was_not_finished_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.trace"
    recorder = Recorder(path)
    recorder.sent(b"whole")
    recorder.received(b"cut short")
    recorder.close()
    whole = path.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    for cut in range(1, len(last) + 1):
        path.write_bytes(whole[:-cut])
        assert [entry.data for entry in read_trace(path)] == [b"whole"]


def test_two_threads_record_at_once(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.trace")
    data = bytes(range(256)) * 64

    def record(method: str) -> None:
        for _ in range(100):
            getattr(recorder, method)(data)

    threads = [threading.Thread(target=record, args=(name,)) for name in ("sent", "received")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    recorder.close()
    entries = list(read_trace(tmp_path / "a.trace"))
    assert sorted(entry.to for entry in entries) == ["camera"] * 100 + ["host"] * 100
    assert {entry.data for entry in entries} == {data}
    times = [entry.at_s for entry in entries]
    assert times == sorted(times)


def test_after_close_nothing_is_recorded_and_nothing_counted(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.trace")
    recorder.close()
    recorder.close()
    recorder.sent(b"late")
    assert (list(read_trace(tmp_path / "a.trace")), recorder.lost) == ([], 0)


@pytest.mark.parametrize("text", [b"", b"hello\n", b"[1]\n", b"{}\n", b"\xff\xd8\xff", b"[" * 100_000])
def test_another_file_is_no_trace(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "a.trace"
    path.write_bytes(text)
    with pytest.raises(NotATrace, match="is not a trace"):
        next(read_trace(path))


def test_a_format_of_a_later_version_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.trace"
    path.write_text('{"oralcam_trace": 2}\n')
    with pytest.raises(NotATrace, match="of format 2"):
        next(read_trace(path))


def test_what_a_later_version_adds_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.trace"
    path.write_text(
        '{"oralcam_trace": 1, "version": "9", "new": 1}\n'
        '{"at": 1, "led": "on"}\n{"at": 2, "to": "host", "data": "AA==", "lane": 3}\n'
    )
    assert list(read_trace(path)) == [Entry(2.0, "host", b"\0")]


@pytest.mark.parametrize("line", ["{", "[]", '{"to": "host"}', '{"at": 1, "to": "host", "data": "A"}'])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.trace"
    path.write_text('{"oralcam_trace": 1}\n' + line + "\n")
    with pytest.raises(NotATrace, match="Line 2 of"):
        list(read_trace(path))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotATrace, match="cannot be read"):
        read_header(tmp_path / "nowhere.trace")


def test_importing_it_costs_nothing() -> None:
    dear = {"json", "base64", "datetime", "logging"}
    program = f"import sys, oralcam.trace.recorder; print(sorted({dear} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.strip() == "[]"
