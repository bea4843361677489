"""A trace on a full disk, or where a pipe is: POSIX's."""

from __future__ import annotations

import logging
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oralcam.errors import OutputNotWritable
from oralcam.trace.recorder import Recorder, read_trace


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Files cannot grow beyond `size` bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_full_already_is_said_at_the_door(tmp_path: Path) -> None:
    with room_for(0), pytest.raises(OutputNotWritable, match="name another file"):
        Recorder(tmp_path / "a.trace")


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputNotWritable, match="not an ordinary file"):
        Recorder(tmp_path / "pipe")


def test_a_full_disk_ends_the_recording_and_not_the_session(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.trace"
    recorder = Recorder(path)
    recorder.sent(b"first")
    with caplog.at_level(logging.WARNING), room_for(path.stat().st_size + 20):
        recorder.received(bytes(100))
        recorder.received(b"second")
        recorder.note("third")
    recorder.sent(b"there is room again, but a trace with a hole would lie")
    assert recorder.lost == 4
    assert [record.name for record in caplog.records] == ["oralcam"]
    assert "cannot be written any more" in caplog.text
    assert [entry.data for entry in read_trace(path)] == [b"first"]
    recorder.close()
