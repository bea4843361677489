"""A recorded camera on a port of its own: a host that opens it sees what the recording's host saw."""

from __future__ import annotations

import os
import pty
import select
import threading
import time
import tty
from types import TracebackType

from oralcam_protocol.wire.frame import Decoder
from tools.trace.script import Script
from tools.trace.session import RecordedSession

CHUNK = 4096


class RecordedCamera:
    """A recorded camera, while the context lasts. `script.differences` tells what the host did otherwise."""

    def __init__(self, sessions: list[RecordedSession]) -> None:
        self.script = Script(sessions)
        self._master, self._open_slave = pty.openpty()
        tty.setraw(self._open_slave)
        os.set_blocking(self._master, False)
        self.port = os.ttyname(self._open_slave)
        self._decoder = Decoder()
        self._out = b""
        self._wake_in, self._wake_out = os.pipe()
        self._thread = threading.Thread(target=self._serve, name="oralcam-recorded", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            ready, writable, _ = select.select(
                [self._master, self._wake_in], [self._master] if self._out else [], []
            )
            if self._wake_in in ready:
                return
            try:
                if ready:
                    self._hear(os.read(self._master, CHUNK))
                if writable:
                    self._out = self._out[os.write(self._master, self._out) :]
            except BlockingIOError:
                pass  # the host was quicker

    def _hear(self, data: bytes) -> None:
        for frame in self._decoder.feed(data):
            self._out += self.script.feed(frame, time.monotonic())

    def close(self) -> None:
        """Hang up, and note what the host never asked."""
        os.write(self._wake_out, b"c")
        self._thread.join()
        for descriptor in (self._master, self._open_slave, self._wake_in, self._wake_out):
            os.close(descriptor)
        self.script.finish()

    def __enter__(self) -> RecordedCamera:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
