"""Type checks for the systems that this one is not: `python -m tools.platforms`.

What is listed here is not checked for a system, because it cannot run there; everything else is, and where
the two differ it asks for `sys.platform`. `tests/unit/conftest.py` leaves the listed unit tests out there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

EMULATOR = "the emulator's MicroPython and its serial port are POSIX's"
PTY = "the port under test is a pseudo-terminal"
LINUX = "Linux kernels, Debian packages"
BOARD = "runs on MicroPython"
SIGNALS = "programs are killed, and forked, as on POSIX"

# platform -> modules -> why they cannot run there
NOT_THERE: dict[str, dict[str, str]] = {
    "win32": {
        "rig_boards.*": BOARD,
        "hil_tests.scenarios.*": EMULATOR,
        "tests.end_to_end.*": EMULATOR,
        "tests.faults.*": EMULATOR,
        "tests.hil.*": EMULATOR,
        "tests.servers.*": LINUX,
        "tests.unit.labgrid.test_client": "labgrid's client runs on POSIX",
        "tests.unit.link.ports.test_port_holder": "only Linux tells who holds a port",
        "tests.unit.link.ports.test_serial_port": PTY,
        "tests.unit.record.store.test_kills": SIGNALS,
        "tests.unit.testbeds.*": LINUX,
        "tests.unit.trace.test_recorder_disk": SIGNALS,
        "tools.benchmarks.*": "measures the emulator, on CPUs of its own",
        "tools.faults.proxy.cable": PTY,
        "tools.testbeds.servers.*": LINUX,
        "tools.testbeds.usb_vm.*": LINUX,
        "tools.trace.recorded_camera": PTY,
        "tools.trace.tap": PTY,
    },
    "darwin": {},
}


def configuration(platform: str) -> str:
    """Return the text of mypy's configuration for a platform: the repository's and what is left out."""
    text = Path("pyproject.toml").read_text("utf-8")
    if not NOT_THERE[platform]:
        return text
    modules = ", ".join(f'"{name}"' for name in NOT_THERE[platform])
    return f"{text}\n[[tool.mypy.overrides]]\nmodule = [{modules}]\nignore_errors = true\n"


def unit_tests_not_there(platform: str) -> list[str]:
    """Return the unit tests that cannot run on `platform`, as patterns of paths below tests/unit."""
    mine = [name.split(".")[2:] for name in NOT_THERE.get(platform, {}) if name.startswith("tests.unit.")]
    return ["/".join(parts) if parts[-1] == "*" else f"{'/'.join(parts)}.py" for parts in mine]


def check(platform: str) -> int:
    """Check all types as on `platform`, print what is wrong, return mypy's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "mypy.toml"
        settings.write_text(configuration(platform), "utf-8")
        command = [sys.executable, "-m", "mypy", "--config-file", str(settings), "--platform", platform]
        print(f"{platform}: ", end="", flush=True)
        return subprocess.run([*command, "--cache-dir", f".mypy_cache/{platform}"], check=False).returncode


if __name__ == "__main__":
    sys.exit(max(map(check, NOT_THERE)))
