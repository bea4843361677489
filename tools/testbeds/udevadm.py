"""Print the path of a `udevadm` that can verify rules: the machine's, or Debian 13's from a private folder.

`udevadm verify` came with systemd 254. Nothing on the machine changes and no root is needed; what was fetched
before is used again.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tools.testbeds.debian import NotFetched, PrivateApt, cache_folder, unpack, write_launcher

SUITES = ("trixie", "forky", "sid")  # the first that answers
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
TIMEOUT_S = 20


def can_verify(udevadm: str | Path) -> bool:
    """Does this one know `verify`?"""
    try:
        done = subprocess.run([udevadm, "verify", "--help"], capture_output=True, timeout=TIMEOUT_S)
    except OSError:
        return False
    return done.returncode == 0


def fetch(folder: Path) -> Path:
    """Debian's in `folder`; raises `NotFetched`."""
    launcher = folder / "udevadm"
    if can_verify(launcher):
        return launcher
    architecture = ARCHITECTURES.get(platform.machine())
    if architecture is None:
        raise NotFetched(f"Debian's udevadm is fetched for {', '.join(ARCHITECTURES)} only.")
    reasons = []
    for suite in SUITES:
        shutil.rmtree(folder / "root", ignore_errors=True)
        try:
            apt = PrivateApt(folder / "apt", suite, architecture)
            apt.update()
            for package in apt.fetch_with_dependencies("udev"):
                unpack(package, folder / "root")
            write_launcher(launcher, folder / "root/usr/bin/udevadm", folder / "root")
        except NotFetched as error:
            reasons.append(str(error))
            continue
        if can_verify(launcher):
            return launcher
        reasons.append(f"{suite}: it does not run here")
    raise NotFetched(f"A udevadm that verifies rules could not be fetched: {'; '.join(reasons)}.")


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="python -m tools.testbeds.udevadm", description=__doc__)
    default = cache_folder("udevadm")
    parser.add_argument("--folder", type=Path, default=default, help="where it goes (default: %(default)s)")
    folder: Path = parser.parse_args().folder
    installed = shutil.which("udevadm")
    if installed is not None and can_verify(installed):
        print(installed)
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    try:
        print(fetch(folder.resolve()))
    except NotFetched as error:
        print(f"tools.testbeds.udevadm: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
