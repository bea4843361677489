"""What the VM's shell is told to do: the host's folder, a fitting environment, the command."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

SHARE_VARIABLE = "ORALCAM_VM_SHARE"
INSIDE_VARIABLE = "ORALCAM_VM"  # "1" inside the VM
# the rest of the host's environment stays outside: agents, sessions and secrets are not the VM's
PASSED = ("PATH", "HOME", "LANG", "CI", "MICROPYTHON", "SOURCE_DATE_EPOCH")
PASSED_PREFIXES = ("LC_", "ORALCAM_", "PYTHON", "PYTEST_", "HYPOTHESIS_")
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def script(
    command: Sequence[str],
    folder: str,
    share: str,
    environment: Mapping[str, str],
    also: Sequence[str] = (),
    micropython: Path | None = None,
) -> str:
    """A shell script that ends as `command` does.

    `also` names more variables to pass on; `micropython` is used where $MICROPYTHON names no other.
    """
    variables = {
        name: value
        for name, value in environment.items()
        if name in PASSED or name in also or name.startswith(PASSED_PREFIXES)
    }
    variables.setdefault("ORALCAM_HOME", "/run/oralcam")  # not the host's spool and emulators
    path = variables.get("PATH", "")
    variables |= {
        "PATH": f"{path}:{SYSTEM_PATH}" if path else SYSTEM_PATH,
        "PYTHONUNBUFFERED": "1",  # what is printed is seen at once
        SHARE_VARIABLE: share,
        INSIDE_VARIABLE: "1",
    }
    variables.setdefault("HOME", "/root")
    if micropython is not None:
        variables.setdefault("MICROPYTHON", str(micropython))
    lines = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    return "\n".join([*lines, f"cd {shlex.quote(folder)}", f"exec {shlex.join(command)}", ""])


def inside() -> bool:
    """Does this run inside the VM?"""
    return os.environ.get(INSIDE_VARIABLE) == "1"
