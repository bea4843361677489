"""labgrid's programs: where they are, and how one that was started is ended."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from hil_tests.labgrid.errors import LabgridMissing

REPOSITORY = Path(__file__).resolve().parents[2]
ENVIRONMENT = REPOSITORY / ".venv-labgrid"
END_S = 3.0
# they would make labgrid-client mean another place than the bench file says
FOREIGN = ("LG_ENV", "LG_PLACE", "LG_STATE", "LG_INITIAL_STATE", "LG_TOKEN", "PLACE", "STATE")


def find(name: str) -> str:
    """Return the path of `labgrid-client` and its like: as `make labgrid` made it, else on PATH.

    Raises `LabgridMissing`.
    """
    ours = ENVIRONMENT / "bin" / name
    path = str(ours) if os.access(ours, os.X_OK) else shutil.which(name)
    if path is None:
        raise LabgridMissing(
            f"{name} is not installed: `make labgrid` installs it, in an environment of its own."
        )
    return path


def environment(coordinator: str) -> dict[str, str]:
    """Return the environment for one of the programs.

    The coordinator stands on the lab's network: the web's proxy is not asked.
    """
    found = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    direct = [coordinator.rpartition(":")[0] or coordinator, found.get("no_proxy", "")]
    found["no_grpc_proxy"] = ",".join(host for host in direct if host)
    return found


def end(process: subprocess.Popen[str]) -> None:
    """End a program with SIGTERM, and SIGKILL if that is not enough; return when it has gone.

    Harmless when repeated.
    """
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(END_S)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
