"""labgrid-client is run with a deadline, and its failures are told apart."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from hil_tests.labgrid import client, programs
from hil_tests.labgrid.errors import CoordinatorUnreachable, LabgridMissing, UnexpectedAnswer
from tests.unit.labgrid.recorded import failed


def fake(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> client.Client:
    """A labgrid-client that runs `script`."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "labgrid-client"
    program.write_text(f"#!/bin/sh\necho $$ > {folder}/pid\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(programs, "ENVIRONMENT", folder)
    return client.Client("127.0.0.1:20408")


def ended(folder: Path) -> bool:
    try:
        os.kill(int((folder / "pid").read_text()), 0)
    except ProcessLookupError:
        return True
    return False


def test_it_is_asked_at_the_coordinator_of_the_bench_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = fake(tmp_path, 'echo "$@"', monkeypatch)
    assert asked.run("-p", "oralcam", "show") == "-x 127.0.0.1:20408 -p oralcam show\n"


def test_the_lab_of_the_shell_is_not_taken_for_the_bench_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LG_PLACE", "another")
    monkeypatch.setenv("LG_ENV", "another.yaml")
    monkeypatch.setenv("LG_USERNAME", "anna")
    asked = fake(tmp_path, 'echo "$LG_PLACE$LG_ENV$LG_USERNAME"', monkeypatch)
    assert asked.run("places") == "anna\n"


@pytest.mark.parametrize("script", ["exec sleep 60", "trap '' TERM; while :; do sleep 0.1; done"])
def test_a_command_that_hangs_is_ended_at_its_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(programs, "END_S", 0.2)
    asked = fake(tmp_path, script, monkeypatch)
    with pytest.raises(client.TookTooLong, match=r"did not end within 0\.5 s"):
        asked.run("places", deadline_s=0.5)
    assert ended(tmp_path)


def test_ctrl_c_ends_the_command_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "started")
    asked = fake(tmp_path, f"echo > {tmp_path}/started; exec sleep 60", monkeypatch)

    def press() -> None:
        (tmp_path / "started").read_text()
        os.kill(os.getpid(), signal.SIGINT)

    hand = threading.Thread(target=press)
    hand.start()
    with pytest.raises(KeyboardInterrupt):
        asked.run("places")
    hand.join()
    assert ended(tmp_path)


def test_without_labgrid_the_command_that_installs_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "ENVIRONMENT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LabgridMissing, match="`make labgrid` installs it"):
        client.Client("127.0.0.1:20408")


def test_a_coordinator_that_is_down_is_said_with_its_address() -> None:
    error = client.failure("127.0.0.1:1", "places", *failed("down"))
    assert isinstance(error, CoordinatorUnreachable)
    assert "127.0.0.1:1: start it" in str(error)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("held", "Place oralcam is already acquired by desk/bob"),
        ("already-yours", "You have already acquired place oralcam"),
        ("incomplete", "Match other/bench/NetworkSerialPort/rig -> rig has no matching remote resource"),
        ("not-reserved-for", "Place oralcam was not reserved for bench2/anna"),
        ("unknown-place", "place pattern nope matches nothing"),
        ("unknown-token", "reservation token NOPE matches nothing"),
        ("unknown-reservation", "Reservation NOPE does not exist"),
        ("shared", "Failed to acquire resources for place third; Matching resource 'camera'"),
    ],
)
def test_what_labgrid_refuses_is_told_in_its_words(name: str, reason: str) -> None:
    error = client.failure("127.0.0.1:1", "acquire", *failed(name))
    assert isinstance(error, client.Refused)
    assert error.reason.startswith(reason)
    assert "\n" not in str(error)


def test_a_labgrid_client_that_breaks_down_is_no_refusal() -> None:
    error = client.failure("127.0.0.1:99999", "places", *failed("bad-address"))
    assert isinstance(error, UnexpectedAnswer)
    assert "exit code 2 (ValueError: Port out of range 0-65535)" in str(error)
    assert "\n" not in str(error)
