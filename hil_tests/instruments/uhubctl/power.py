"""The camera's port on a hub that can switch it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass

from hil_tests.errors import BenchError
from hil_tests.instruments.parts import Parts
from hil_tests.instruments.uhubctl.status import Hub, read_status
from oralcam.files.toml_table import Table

PROGRAM = "uhubctl"
LOCATION = re.compile(r"\d+(-\d+(\.\d+)*)?")  # a root hub is its bus, another one a path of ports: 1-1.4
DEADLINE_S = 20.0


class UhubctlPower:
    """A switch for one port.

    Raises `BenchError` if program or hub is missing, or the port cannot be switched.
    """

    def __init__(self, hub: str, port: int, program: str = PROGRAM) -> None:
        self._hub = hub
        self._port = port
        self._program = program
        if shutil.which(program) is None:
            raise BenchError(f"the program {program} is not installed: apt install uhubctl.")
        self._ask()

    def off(self) -> None:
        """Take the power from the port."""
        self._switch("off")

    def on(self) -> None:
        """Give power to the port; the camera takes its time to start."""
        self._switch("on")

    def _switch(self, action: str) -> None:
        if self._ask("-a", action).powered(self._port) != (action == "on"):
            raise BenchError(
                f"port {self._port} of hub {self._hub} did not switch {action}: this hub only says it can."
            )

    def _ask(self, *action: str) -> Hub:
        """Run uhubctl and return the hub's state afterwards."""
        command = [self._program, "-l", self._hub, "-p", str(self._port), *action]
        done = self._run(command)
        for hub in read_status(done.stdout):
            if hub.location == self._hub and self._port in hub.ports:
                return hub
            if hub.location == self._hub:
                raise BenchError(f"hub {self._hub} ({hub.description}) has no port {self._port}.")
        if "permission" in done.stderr:
            raise BenchError(
                "uhubctl may not use the hub: run as root, or add the udev rule that `uhubctl` proposes."
            )
        told = self._run([self._program])
        hubs = ", ".join(hub.location for hub in read_status(told.stdout)) or "none"
        raise BenchError(
            f"uhubctl finds no hub at {self._hub} that can switch its ports (such hubs here: {hubs})."
        )

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE_S)
        except subprocess.TimeoutExpired as error:
            raise BenchError(
                f"{self._program} did not end within {DEADLINE_S:g} s: unplug the hub."
            ) from error
        except OSError as error:
            raise BenchError(f"{self._program} cannot be run ({error.strerror}).") from error


@dataclass(frozen=True)
class UhubctlPort:
    """A port of a hub, as uhubctl names them (`uhubctl` without options lists them)."""

    hub: str
    port: int

    def open(self, parts: Parts) -> UhubctlPower:
        """Return the switch."""
        del parts
        return UhubctlPower(self.hub, self.port)


def uhubctl_port_from(table: Table) -> UhubctlPort:
    """Read the port from the description of a power switch."""
    hub = table.text("hub")
    if LOCATION.fullmatch(hub) is None:
        raise BenchError(
            f'{table.place} hub = "{hub}" is not a hub\'s location: write it as `uhubctl` does, "1-1.4".'
        )
    return UhubctlPort(hub, table.whole("port", low=1, high=31))
