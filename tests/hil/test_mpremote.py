"""The service console by mpremote, with a program that behaves like it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hil_tests.errors import BenchError
from hil_tests.instruments.mpremote.console import MpremoteConsole

FAKE = """
import sys
if sys.argv[1:] == ["version"]:
    print("mpremote 1.28.0")
elif sys.argv[1:5] == ["connect", "/dev/ttyACM2", "resume", "exec"]:
    exec(sys.argv[5])
else:
    sys.exit(f"mpremote: failed to access {sys.argv[2]}")
"""


@pytest.fixture
def program(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "fake.py").write_text(FAKE)
    return (sys.executable, str(tmp_path / "fake.py"))


def test_code_is_run_and_what_it_prints_comes_back(program: tuple[str, ...]) -> None:
    assert MpremoteConsole("/dev/ttyACM2", program).run("print(6 * 7)") == "42\n"


def test_code_that_fails_and_a_board_that_is_not_there_are_said(program: tuple[str, ...]) -> None:
    with pytest.raises(
        BenchError, match="the board on /dev/ttyACM2 says: ZeroDivisionError: division by zero"
    ):
        MpremoteConsole("/dev/ttyACM2", program).run("1 / 0")
    with pytest.raises(BenchError, match="the board on /dev/ttyACM9 says: mpremote: failed to access"):
        MpremoteConsole("/dev/ttyACM9", program).run("print(1)")


def test_a_missing_program_is_said(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="mpremote is not installed"):
        MpremoteConsole("/dev/ttyACM2", (sys.executable, "-m", "no_such_module_as_this"))
    with pytest.raises(BenchError, match="cannot be run"):
        MpremoteConsole("/dev/ttyACM2", (str(tmp_path / "nothing"),))
