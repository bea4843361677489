"""What a command of the command line loads, found out in a process of its own: no clock is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TIMEOUT_S = 60
# what P6 compares with (tools/benchmarks/startup.py)
BASELINE = "code = 0; import argparse, dataclasses, serial.tools.list_ports"
COMMAND = "from oralcam.cli.main import main; code = main(sys.argv[1:])"
TELL = "import sys; {}; import json; print(json.dumps([code, *sorted(sys.modules)]), file=sys.stderr)"
HEAVY = frozenset({"numpy", "construct", "usb", "pydicom", "pynetdicom", "PIL", "sqlite3", "http", "ssl"})


def modules_of(program: str, *words: str | Path, code: tuple[int, ...] = (0,)) -> set[str]:
    """Run `BASELINE` or `COMMAND` with `words` as its arguments; return the names of all loaded modules.

    `code` are the exit codes that it may end with.
    """
    done = subprocess.run(
        [sys.executable, "-c", TELL.format(program), *map(str, words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    ended, *modules = json.loads(done.stderr.splitlines()[-1])
    assert ended in code, done.stderr
    return set(modules) - {"json", *(name for name in modules if name.startswith("json."))}


def heavy(modules: set[str]) -> set[str]:
    """Those of `modules` that no command in a hurry may load."""
    return {name.partition(".")[0] for name in modules} & HEAVY
