"""The firmware's process: MicroPython, with its links to the host and its bench as inherited descriptors."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

from oralcam.emulator.connector import Wires
from oralcam.emulator.micropython import board_heap, find_micropython, firmware_folder, module_path

STOP_TIMEOUT_S = 2.0


class FirmwareProcess:
    """The firmware's process, from construction to `stop`. Killing it is an unplug."""

    def __init__(
        self,
        environment: dict[str, str],
        wires: Wires,
        bench: socket.socket,
        stderr: Path,
        heap: str | None = None,
        program: Path | None = None,
        modules: str = "",
    ) -> None:
        """Start the camera's firmware, or another `program`, such as a rig's, with its MICROPYPATH
        `modules`.
        """
        interpreter = find_micropython()
        inherited = [bench.fileno()]
        environment = {**environment, "ORALCAM_BENCH_FD": str(bench.fileno())}
        if wires.bulk is not None:
            inherited.append(wires.bulk)
            environment["ORALCAM_BULK_FD"] = str(wires.bulk)
        with stderr.open("ab") as errors:
            self._process = subprocess.Popen(
                [
                    interpreter,
                    "-X",
                    f"heapsize={heap or board_heap(interpreter)}",
                    str(program or firmware_folder() / "main.py"),
                ],
                stdin=wires.serial,
                stdout=wires.serial,
                stderr=errors,
                pass_fds=inherited,
                start_new_session=True,  # Ctrl-C in the user's terminal is not for the camera
                env={**os.environ, **environment, "MICROPYPATH": modules or module_path()},
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        self._process.kill()
        self._process.wait(STOP_TIMEOUT_S)
