"""Any MicroPython program behind a pty, as the emulator's firmware is: the peers' side of the link."""

from __future__ import annotations

import os
import pty
import subprocess
import tty
from types import TracebackType

from oralcam.emulator.micropython import find_micropython
from tools.benchmarks.measuring import DEVICE_CPU, pin_process

STOP_TIMEOUT_S = 5.0

# as short as an asyncio echo can be: what the firmware's reader and writer are made of
ECHO = """
import asyncio
reader, out, buffer = asyncio.StreamReader(open(0, "rb")), open(1, "wb"), bytearray(1024)
view = memoryview(buffer)
async def main():
    while True:
        count = await reader.readinto(buffer)
        out.write(view[:count])
asyncio.run(main())
"""


class PtyProgram:
    """MicroPython with the master side of a pty as stdin and stdout, while the context lasts.

    Its REPL wants blocking reads, asyncio must not have them.
    """

    def __init__(self, *arguments: str, blocking: bool = True) -> None:
        master, self._slave = pty.openpty()
        try:
            tty.setraw(self._slave)
            os.set_blocking(master, blocking)
            self.port = os.ttyname(self._slave)
            self._process = subprocess.Popen(
                [find_micropython(), *arguments],
                stdin=master,
                stdout=master,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except BaseException:
            os.close(self._slave)
            raise
        finally:
            os.close(master)
        pin_process(self._process.pid, DEVICE_CPU)

    def __enter__(self) -> PtyProgram:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait(STOP_TIMEOUT_S)
        os.close(self._slave)
