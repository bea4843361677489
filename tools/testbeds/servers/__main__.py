"""`python -m tools.testbeds.servers`: which real programs are here, and install those that are not."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from tools.testbeds.servers.installing import install, missing
from tools.testbeds.servers.packages import PACKAGES

DESCRIPTION = """\
The tests in tests/servers talk to real programs: the archive Orthanc, a worklist server and the validators
dciodvfy and exiftool. They are Debian packages. None of them is left running, now or after a reboot; tests
start their own on loopback and stop them.
"""
EXAMPLES = """\
examples:
  python -m tools.testbeds.servers            which are here
  python -m tools.testbeds.servers install    install the others (as root, Debian or Ubuntu)

exit code: 0 all are here, 1 some are missing, 2 they could not be installed
"""


def main(words: list[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.testbeds.servers",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", nargs="?", choices=("list", "install"), default="list")
    action = parser.parse_args(words).action
    try:
        absent = missing()
    except FileNotFoundError:
        print("This is no Debian: install dcmtk, dicom3tools, ExifTool and Orthanc with DICOMweb by hand.")
        return 2
    if action == "list" or not absent:
        for package in PACKAGES:
            print(f"{package}: {'missing' if package in absent else 'here'}")
        return 1 if absent else 0
    if os.geteuid() != 0:
        print("Installing packages takes root: sudo .venv/bin/python -m tools.testbeds.servers install")
        return 2
    try:
        install(absent)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"{', '.join(absent)} could not be installed: {error}", file=sys.stderr)
        return 2
    print(f"installed: {', '.join(absent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
