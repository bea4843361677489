"""`python -m tools.trace`: its words, its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam.trace.recorder import Recorder
from tools.trace.__main__ import main

RECORDING = Path(__file__).resolve().parents[2] / "recordings" / "0.1.0" / "presses.trace"


def test_a_file_that_is_no_trace_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert main(["replay", str(tmp_path / "photo.jpg")]) == 2
    assert "is not a trace: record one with" in capsys.readouterr().err


def test_a_trace_without_a_session_cannot_be_replayed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Recorder(tmp_path / "empty.trace").close()
    assert main(["replay", str(tmp_path / "empty.trace")]) == 2
    assert "holds no session" in capsys.readouterr().err


def test_a_camera_that_is_not_there_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(RECORDING), "--camera", str(tmp_path / "nowhere")]) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_a_replay_that_differs_is_told_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path))
    assert main(["replay", str(RECORDING)]) == 0
    assert capsys.readouterr().out == (
        "as recorded: 8 requests, 8 events, 3 photos with the SHA-256 they had\n"
    )
    monkeypatch.setattr("oralcam.camera.Camera.next_press", lambda camera, timeout: None)
    assert main(["replay", str(RECORDING)]) == 1
    said = capsys.readouterr().err
    assert "differs: the press of photo 1 brought no photo" in said
    assert "differs in 10 places" in said


def test_what_is_kept_is_not_made_again(capsys: pytest.CaptureFixture[str]) -> None:
    before = RECORDING.read_bytes()
    assert main(["record", str(RECORDING.parent)]) == 2
    assert "is kept as it is" in capsys.readouterr().err
    assert RECORDING.read_bytes() == before


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "python -m tools.trace replay session.trace" in capsys.readouterr().out
