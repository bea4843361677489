"""A busy port: the program in the way is named, its arguments never are."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial
from hypothesis import given
from hypothesis import strategies as st

from oralcam.link.ports import port_holder
from oralcam.link.ports.port_holder import holder_of
from oralcam.link.ports.program_name import program_name, shortened

linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")

CAPTURE_APP = """
import sys, serial
held = serial.Serial(sys.argv[1], exclusive=sys.argv[2] == "exclusive")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def port() -> Iterator[str]:
    """A pty that this process keeps open on both ends, as the emulator's does."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    yield os.ttyname(slave)
    os.close(master)
    os.close(slave)


@contextmanager
def capture_app(folder: Path, port: str, how: str = "exclusive") -> Iterator[int]:
    """Another program, once it has the port; its process id."""
    script = folder / "capture_app.py"
    script.write_text(CAPTURE_APP)
    with subprocess.Popen(
        [sys.executable, "-u", str(script), port, how, "--patient", "Erika Mustermann"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.communicate(timeout=20)


def in_locks(port: str) -> str:
    """The port as /proc/locks writes it."""
    status = os.stat(port)
    return f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"


def named(pid: int) -> str:
    return f"{Path(sys.executable).name} capture_app.py (process {pid})"


@linux
def test_the_other_program_is_named(tmp_path: Path, port: str) -> None:
    with capture_app(tmp_path, port) as pid:
        with pytest.raises(serial.SerialException, match="exclusively"):
            serial.Serial(port, exclusive=True)
        assert holder_of(port) == named(pid)
    assert holder_of(port) is None


@linux
@pytest.mark.parametrize("how", ["exclusive", "shared"])
def test_so_it_is_by_another_name_of_the_port(tmp_path: Path, port: str, how: str) -> None:
    link = tmp_path / "by-id"
    link.symlink_to(port)
    with capture_app(tmp_path, port, how) as pid:
        assert holder_of(str(link)) == named(pid)


@linux
@pytest.mark.parametrize(
    "locks",
    ["", "1: FLOCK  ADVISORY  WRITE 0 {port} 0 EOF\n", "1: FLOCK  ADVISORY  WRITE 999999999 {port} 0 EOF\n"],
)
def test_where_the_list_of_locks_does_not_help_open_files_do(
    tmp_path: Path, port: str, locks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = in_locks(port)
    really_read = port_holder._read

    def read(path: str) -> str:
        return locks.format(port=device) if path == "/proc/locks" else really_read(path)

    monkeypatch.setattr(port_holder, "_read", read)
    # two more have it open, without a lock
    with serial.Serial(port), capture_app(tmp_path, port, "shared"), capture_app(tmp_path, port) as pid:
        assert holder_of(port) == named(pid)


@linux
def test_who_has_it_open_without_a_lock_is_named_if_it_is_the_only_one(tmp_path: Path, port: str) -> None:
    with capture_app(tmp_path, port, "shared") as pid:
        assert holder_of(port) == named(pid)
        with capture_app(tmp_path, port, "shared"):
            assert holder_of(port) is None


@linux
def test_another_camera_object_of_this_program_is_told_from_another_program(port: str) -> None:
    with serial.Serial(port, exclusive=True):
        assert holder_of(port) == f"this very program (process {os.getpid()})"
    assert holder_of(port) is None  # although it is open here


@linux
@pytest.mark.parametrize("kind", ["-> FLOCK", "POSIX", "odd"])
def test_who_only_waits_for_a_lock_does_not_hold_it(
    port: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = f"1: {kind}  ADVISORY  WRITE {os.getpid()} {in_locks(port)} 0 EOF\n\n"
    monkeypatch.setattr(port_holder, "_read", lambda path: locks if path == "/proc/locks" else "")
    assert holder_of(port) is None


@pytest.mark.parametrize("port", ["/dev/nothing", "COM3", "socket://127.0.0.1:1", "", "a\0b", "/dev/null"])
def test_what_is_no_busy_port_has_no_holder(port: str) -> None:
    assert holder_of(port) is None


def test_other_systems_do_not_tell(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serial.Serial(port, exclusive=True):
        monkeypatch.setattr(sys, "platform", "darwin")
        assert holder_of(port) is None


@linux
@pytest.mark.parametrize("error", [PermissionError("hidden"), ValueError("not as we know it")])
def test_a_system_that_hides_its_processes_is_no_error(
    port: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> str:
        raise error

    monkeypatch.setattr(port_holder, "_read", refuse)
    assert holder_of(port) is None


@linux
def test_a_process_that_is_gone_has_no_name() -> None:
    with pytest.raises(OSError, match="No such"):
        program_name(999_999_999)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("/usr/bin/python3|capture_app.py|--patient|Smith", "python3 capture_app.py"),
        ("python3|-X|dev|-W|error|-uB|/opt/app.py|Smith", "python3 app.py"),
        ("python3.11|-m|oralcam|watch|--out|Smith", "python3.11 oralcam"),
        ("/venv/bin/python|/venv/bin/oralcam|watch|--out|Smith", "python oralcam"),
        ("python3|-c|open('Smith.jpg')", "python3"),
        ("python3|-Bc|Smith", "python3"),
        ("python3|-|Smith", "python3"),
        ("python3|--unknown|Smith", "python3"),
        ("python3", "python3"),
        ("java|-jar|/opt/Viewer.jar|Smith", "java Viewer.jar"),
        ("java|-cp|Smith|Main", "java"),
        ("bash|-c|view Smith", "bash"),
        ("sh|-s|Smith", "sh"),
        ("node|/opt/bridge.js|Smith", "node bridge.js"),
        ("/usr/bin/minicom|-D|/dev/ttyACM0", "minicom"),
        ("/opt/viewer|Smith.jpg", "viewer"),
        ("C:\\dexis\\DEXIS.exe|Smith", "DEXIS.exe"),
        ("viewer: photo of /patients/Smith.jpg", "viewer"),
        ("/opt/viewer /patients/Smith.jpg", "viewer"),
        ("capture\x1b[31m", "capture"),
        ("x" * 500, "x" * 40),
        ("", None),
        ("/", None),
    ],
)
def test_a_program_is_called_by_its_file_and_its_scripts(line: str, name: str | None) -> None:
    assert shortened(line.split("|")) == name


def test_a_folder_with_a_blank_in_its_name(tmp_path: Path) -> None:
    program = tmp_path / "Open Dental" / "bridge"
    program.parent.mkdir()
    program.touch()
    assert shortened([str(program), "Smith"]) == "bridge"


WORDS = st.sampled_from(["-u", "-B", "-X", "-W", "-m", "-c", "-", "--", "-Ic", "-mc", "-jar", "-cp", "-e"])


@given(
    st.sampled_from(["python3", "pypy3", "node", "java", "bash", "perl", "viewer", "/opt/viewer"]),
    st.lists(WORDS, max_size=4),
    st.sampled_from(["app.py", "code; more", "-c"]),
)
def test_what_follows_the_script_is_never_told(program: str, options: list[str], script: str) -> None:
    told = shortened([program, *options, script, "Smith", "--patient=Smith"]) or ""
    if not {"-X", "-W", "-m", "-jar"} & set(options):  # those take the word behind them
        assert "Smith" not in told
