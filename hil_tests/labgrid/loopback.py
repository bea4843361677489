"""The example's lab on this machine alone: coordinator, exporter and place, all of them labgrid's own."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from hil_tests.labgrid import programs
from hil_tests.labgrid.answers import read_places
from hil_tests.labgrid.errors import UnexpectedAnswer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = programs.REPOSITORY / "hil_tests" / "examples" / "labgrid"
LOOPBACK = "127.0.0.1"
PLACE = "oralcam"
EXPORTER = "oralcam-bench"
START_S = 30.0
COMMAND_S = 60.0
LOOK_S = 0.02


class Loopback:
    """The example's lab, from construction to `close`, or as a context.

    `coordinator` is its address, on a port that was free. `tcp_ports` says where each resource is served on
    loopback: {"camera": 7070, "rig": 7071}. The programs' output goes to logs in `folder`.

    Raises `LabgridMissing`, or `UnexpectedAnswer` when a program does not start.
    """

    def __init__(self, tcp_ports: Mapping[str, int]) -> None:
        served = {f"ORALCAM_{name.upper()}_TCP": str(port) for name, port in tcp_ports.items()}
        unbuffered = {"PYTHONUNBUFFERED": "1"}  # what they say is read while they run
        self._environment = {**programs.environment(LOOPBACK), **unbuffered, **served}
        self.processes: dict[str, int] = {}  # their ids
        with ExitStack() as stack:
            # the coordinator keeps its places in the folder that it is started in
            self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="oralcam-lab-")))
            # started first, ended last: one that ends before its exporter waits 5 s for it
            ready = self._start(stack, "listening on ", "labgrid-coordinator", "-l", f"{LOOPBACK}:0")
            self.coordinator = ready.split()[-1]
            exported = ("-n", EXPORTER, "--hostname", LOOPBACK, str(EXAMPLE / "exporter.yaml"))
            self._start(stack, "Exporter ready", "labgrid-exporter", "-c", self.coordinator, *exported)
            self._environment["LG_COORDINATOR"] = self.coordinator
            self._make_place()
            self._held = stack.pop_all()

    def close(self) -> None:
        """End exporter and coordinator, in this order. Harmless when repeated."""
        self._held.close()

    def __enter__(self) -> Loopback:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def client(self, *arguments: str, user: str = "") -> str:
        """Return what `labgrid-client` prints, run by `user` (HOST/NAME), by default the user of this
        program.
        """
        host, _, name = user.partition("/")
        who = {"LG_HOSTNAME": host, "LG_USERNAME": name} if user else {}
        return self._run(programs.find("labgrid-client"), *arguments, **who)

    def holders(self) -> dict[str, str]:
        """Return who holds which place, as {"oralcam": "HOST/USER"}; a free place is not in it."""
        places = read_places(self.client("-v", "places"))
        return {place.name: place.holder for place in places if place.holder}

    def said_by_coordinator(self) -> str:
        """Return the coordinator's log so far."""
        return (self.folder / "labgrid-coordinator.log").read_text(errors="replace")

    def _make_place(self) -> None:
        ours = str(Path(programs.find("labgrid-client")).parent)
        path = os.pathsep.join([ours, self._environment.get("PATH", os.defpath)])
        self._run(str(EXAMPLE / "place.sh"), PLACE, EXPORTER, PATH=path)

    def _run(self, *command: str, **environment: str) -> str:
        done = subprocess.run(
            command,
            env={**self._environment, **environment},
            capture_output=True,
            text=True,
            timeout=COMMAND_S,
        )
        if done.returncode != 0:
            raise UnexpectedAnswer(f"{' '.join(command)} failed: {done.stderr.strip()}")
        return done.stdout

    def _start(self, stack: ExitStack, sign: str, name: str, *arguments: str) -> str:
        """Start a program and return the line, with its sign in it, by which it says that it runs."""
        said = self.folder / f"{name}.log"
        with said.open("w") as log:
            process = subprocess.Popen(
                [programs.find(name), *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                env=self._environment,
                start_new_session=True,
            )
        stack.callback(programs.end, process)
        self.processes[name] = process.pid
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
