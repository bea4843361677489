"""What a command of the command line loads, found out in a process of its own: no clock is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TIMEOUT_S = 60
# what P6 compares with (tools/benchmarks/startup.py)
BASELINE = "import argparse, dataclasses, serial.tools.list_ports"
COMMAND = "from oralcam.cli.main import main; code = main(sys.argv[1:])"
HEAVY = frozenset({"numpy", "construct", "usb", "pydicom", "pynetdicom", "PIL", "sqlite3", "urllib", "http"})


def modules_of(program: str, *words: str | Path) -> set[str]:
    """Run Python code to its end with `words` as its arguments; return the names of all loaded modules."""
    telling = f"import sys; {program}; import json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", telling, *map(str, words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    assert "oralcam:" not in done.stderr, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def heavy(modules: set[str]) -> set[str]:
    """Those of `modules` that no command in a hurry may load."""
    return {name.partition(".")[0] for name in modules} & HEAVY
