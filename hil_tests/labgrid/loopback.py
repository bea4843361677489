"""The example's lab on this machine alone: coordinator, exporter and place, all of them labgrid's own."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from hil_tests.labgrid import programs
from hil_tests.labgrid.errors import UnexpectedAnswer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = programs.REPOSITORY / "hil_tests" / "examples" / "labgrid"
LOOPBACK = "127.0.0.1"
PLACE = "oralcam"
EXPORTER = "oralcam-bench"
START_S = 30.0
MAKE_S = 60.0
LOOK_S = 0.02


class Loopback:
    """Runs from construction to `close`, or as a context.

    `coordinator` is its address, on a port that was free. `tcp_ports` says where each resource is served on
    loopback: {"camera": 7070, "rig": 7071}. What the programs say goes to logs in `folder`.

    Raises `LabgridMissing`, or `UnexpectedAnswer` when a program does not start.
    """

    def __init__(self, tcp_ports: Mapping[str, int]) -> None:
        self._held = ExitStack()
        try:
            # the coordinator keeps its places in the folder that it is started in
            self.folder = Path(self._held.enter_context(tempfile.TemporaryDirectory(prefix="oralcam-lab-")))
            # started first, ended last: one that ends before its exporter waits 5 s for it
            ready = self._start("listening on ", "labgrid-coordinator", "-l", f"{LOOPBACK}:0")
            self.coordinator = ready.split()[-1]
            self._environment = {
                **programs.environment(self.coordinator),
                "LG_COORDINATOR": self.coordinator,
                "PATH": os.pathsep.join(
                    [str(Path(programs.find("labgrid-client")).parent), os.environ["PATH"]]
                ),
                **{f"ORALCAM_{name.upper()}_TCP": str(port) for name, port in tcp_ports.items()},
            }
            self._export()
            self._make_place()
        except BaseException:
            self._held.close()
            raise

    def close(self) -> None:
        """End exporter and coordinator, in this order. Harmless when repeated."""
        self._held.close()

    def __enter__(self) -> Loopback:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def client(self, *arguments: str, user: str = "") -> str:
        """What `labgrid-client` prints, run by `user` (HOST/NAME), by default whoever runs this."""
        who = dict(zip(("LG_HOSTNAME", "LG_USERNAME"), user.split("/"), strict=False)) if user else {}
        return subprocess.run(
            ["labgrid-client", *arguments],
            env={**self._environment, **who},
            capture_output=True,
            text=True,
            timeout=START_S,
            check=True,
        ).stdout

    def _export(self) -> None:
        self._start(
            "Exporter ready",
            "labgrid-exporter",
            *("-c", self.coordinator, "-n", EXPORTER, "--hostname", LOOPBACK, str(EXAMPLE / "exporter.yaml")),
        )

    def _make_place(self) -> None:
        done = subprocess.run(
            [str(EXAMPLE / "place.sh"), PLACE, EXPORTER],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=MAKE_S,
        )
        if done.returncode != 0:
            raise UnexpectedAnswer(f"The place of the example cannot be made: {done.stderr.strip()}")

    def _start(self, sign: str, name: str, *arguments: str) -> str:
        """The line with which the program says that it runs, its sign in it."""
        said = self.folder / f"{name}.log"
        with said.open("w") as log:
            process = subprocess.Popen(
                [programs.find(name), *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                env=getattr(self, "_environment", None),
                start_new_session=True,
            )
        self._held.callback(programs.end, process)
        deadline = time.monotonic() + START_S
        while True:
            ended = process.poll() is not None  # asked before the log is read: its last words count
            lines = said.read_text(errors="replace").splitlines(keepends=True)
            for line in lines:
                if sign in line and line.endswith("\n"):
                    return line.strip()
            if ended or time.monotonic() > deadline:
                last = lines[-1].strip() if lines else "it says nothing"
                raise UnexpectedAnswer(f"{name} does not start: {last}")
            time.sleep(LOOK_S)
