"""Fetch Debian's MicroPython, with a C library of its own, into a private folder, and print its path.

Nothing on the machine changes and no root is needed: apt works in a folder of ours, packages are unpacked,
not installed. What was fetched before is used again. The 32-bit build stands for a camera board's word size.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tools.testbeds.debian import NotFetched, PrivateApt, cache_folder, unpack, write_launcher

ARCHITECTURES = ("i386", "amd64", "arm64")
SUITES = ("trixie", "forky", "sid")  # the first that answers; a mirror may be in the middle of an update
TIMEOUT_S = 20


def fetch(architecture: str, folder: Path) -> Path:
    """The interpreter for `architecture` in `folder`; raises `NotFetched`."""
    launcher = folder / f"micropython-{architecture}"
    if launcher.exists() and _runs(launcher):
        return launcher
    reasons = []
    for suite in SUITES:
        try:
            _unpack(architecture, suite, folder)
        except NotFetched as error:
            reasons.append(str(error))
            continue
        write_launcher(launcher, folder / "root/usr/bin/micropython", folder / "root")
        if _runs(launcher):
            return launcher
        reasons.append(f"{suite}: it does not run here")
    raise NotFetched(
        f"Debian's MicroPython could not be fetched: {'; '.join(reasons)} ($MICROPYTHON may name another)."
    )


def _unpack(architecture: str, suite: str, folder: Path) -> None:
    shutil.rmtree(folder / "root", ignore_errors=True)
    apt = PrivateApt(folder / "apt", suite, architecture)
    apt.update()
    for package in apt.fetch_with_dependencies("micropython"):
        unpack(package, folder / "root")


def _runs(launcher: Path) -> bool:
    return subprocess.run([launcher, "-c", "pass"], capture_output=True, timeout=TIMEOUT_S).returncode == 0


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="python -m tools.testbeds.micropython", description=__doc__)
    parser.add_argument("architecture", choices=ARCHITECTURES)
    default = cache_folder("micropython")
    parser.add_argument("--folder", type=Path, default=default, help="where it goes (default: %(default)s)")
    arguments = parser.parse_args()
    folder = arguments.folder / arguments.architecture
    folder.mkdir(parents=True, exist_ok=True)
    try:
        print(fetch(arguments.architecture, folder.resolve()))
    except NotFetched as error:
        print(f"tools.testbeds.micropython: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
