"""The firmware's process: MicroPython with the master side of a pty as stdin and stdout."""

from __future__ import annotations

import os
import pty
import socket
import subprocess
import tty
from pathlib import Path

from oralcam.emulator.micropython import find_micropython, firmware_folder, module_path

HEAP = "256K"  # as on every board: photos live outside of it
STOP_TIMEOUT_S = 2.0


class FirmwareProcess:
    """Runs from construction to `stop`. A host opens `terminal`; killing the process is an unplug."""

    def __init__(
        self, environment: dict[str, str], bench: socket.socket, stderr: Path, heap: str = HEAP
    ) -> None:
        self._master, self._keeper = pty.openpty()
        try:
            # one slave stays open here: with none, the firmware would read EIO as fast as it can
            tty.setraw(self._keeper)
            self.terminal = os.ttyname(self._keeper)
            os.set_blocking(
                self._master, False
            )  # half a frame would otherwise stop all of the firmware's tasks
            with stderr.open("ab") as errors:
                self._process = subprocess.Popen(
                    [find_micropython(), "-X", f"heapsize={heap}", str(firmware_folder() / "main.py")],
                    stdin=self._master,
                    stdout=self._master,
                    stderr=errors,
                    pass_fds=[bench.fileno()],
                    start_new_session=True,  # Ctrl-C in the user's terminal is not for the camera
                    env={
                        **os.environ,
                        **environment,
                        "MICROPYPATH": module_path(),
                        "ORALCAM_BENCH_FD": str(bench.fileno()),
                    },
                )
        except BaseException:
            self._close()
            raise

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def exited(self) -> bool:
        """True once the process has ended by itself."""
        return self._process.poll() is not None

    def console(self) -> str:
        """What the firmware has printed before `let_go`: a traceback, if it died at its start."""
        os.set_blocking(self._keeper, False)
        try:
            return os.read(self._keeper, 65536).decode("utf-8", "replace")
        except OSError:
            return ""

    def let_go(self) -> None:
        """The firmware is up: from here on its end is the port's hang-up, as when a plug is pulled."""
        os.close(self._master)
        self._master = -1

    def stop(self) -> None:
        """End the process and hang up the port."""
        self._process.kill()
        self._process.wait(STOP_TIMEOUT_S)
        self._close()

    def _close(self) -> None:
        for descriptor in (self._master, self._keeper):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._keeper = -1
