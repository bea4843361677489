"""The command line as a person on Windows meets it."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import pytest
from pytest_mock import MockerFixture

from oralcam.cli.main import main
from oralcam.cli.progress import progress_bar
from oralcam.cli.terminal import paint, print_whatever_the_encoding
from oralcam.discovery.running_emulators import running
from oralcam.emulator import Emulator
from oralcam.errors import EmulatorError
from oralcam.link.monitor import INTERRUPTIBLE_S, Monitor


class Console(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("words", [["emulator"], ["--json", "emulator", "--tcp"]], ids=" ".join)
def test_the_emulator_says_what_to_do_instead(
    windows: None, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(words) == EmulatorError.exit_code
    told = capsys.readouterr()
    assert "Windows has none: run `oralcam emulator --tcp 7070` in WSL" in told.err
    assert ('"error": "emulator"' in told.out) == ("--json" in words)


def test_a_program_that_starts_one_gets_the_sentence_too(windows: None) -> None:
    with pytest.raises(EmulatorError, match="Windows has none"):
        Emulator()


def test_keys_say_what_they_need_where_termios_is_missing(windows: None, mocker: MockerFixture) -> None:
    mocker.patch.dict(sys.modules, termios=None, tty=None)
    sys.modules.pop("oralcam.cli.keys", None)
    keys = import_module("oralcam.cli.keys")
    with pytest.raises(OSError, match="POSIX terminal"):
        keys.Keys()


def test_looking_for_emulators_disturbs_no_process(windows: None, mocker: MockerFixture) -> None:
    kill = mocker.spy(os, "kill")  # signal 0 is Ctrl-C there
    assert running() == []
    assert kill.call_count == 0


def test_an_old_console_gets_no_escape_sequences(
    windows: None, monkeypatch: pytest.MonkeyPatch, mocker: MockerFixture
) -> None:
    for name in ("WT_SESSION", "TERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    mocker.patch.object(sys, "stderr", Console())
    assert paint("ok", "green", Console()) == "ok"
    assert progress_bar(mocker.Mock(json=False)) is None
    monkeypatch.setenv("WT_SESSION", "1")
    assert paint("ok", "green", Console()) == "\x1b[32mok\x1b[0m"
    assert progress_bar(mocker.Mock(json=False)) is not None


def test_no_character_stops_what_goes_into_a_file(windows: None, mocker: MockerFixture) -> None:
    into = io.BytesIO()
    mocker.patch.object(sys, "stdout", io.TextIOWrapper(into, encoding="cp1252"))
    mocker.patch.object(sys, "stderr", None)
    print_whatever_the_encoding()
    print("36 °C → host", flush=True)
    assert into.getvalue().decode("utf-8") == "36 °C → host\n"


@pytest.mark.parametrize(
    ("timeout", "slice_s"), [(None, INTERRUPTIBLE_S), (60.0, INTERRUPTIBLE_S), (0.1, 0.1)]
)
def test_ctrl_c_is_noticed_while_a_command_waits(
    windows: None, mocker: MockerFixture, timeout: float | None, slice_s: float
) -> None:
    monitor = Monitor()
    wait = mocker.patch.object(monitor._condition, "wait")
    with monitor:
        monitor.wait(timeout)
    wait.assert_called_once_with(slice_s)
