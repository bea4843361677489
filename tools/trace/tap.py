"""A port in front of a camera's port: what passes is recorded, and damaged where that is wanted."""

from __future__ import annotations

import os
import pty
import select
import threading
import tty
from collections.abc import Collection
from types import TracebackType

from oralcam.trace.recorder import Recorder

CHUNK = 4096  # what a pty gives at once
WAIT_S = 1.0  # for a side that does not read


class Tap:
    """A port, while the context lasts.

    `port` is the camera's for a host; recorded is what that hears and says. `damage_at` are the bytes to the
    host, counted from the first, that arrive with one bit changed.
    """

    def __init__(self, camera_port: str, recorder: Recorder, damage_at: Collection[int] = ()) -> None:
        self._recorder = recorder
        self._damage_at = damage_at
        self._passed = 0
        self._camera = os.open(camera_port, os.O_RDWR | os.O_NOCTTY)
        self._host, self._keeper = pty.openpty()
        tty.setraw(self._keeper)
        self.port = os.ttyname(self._keeper)
        self._wake_in, self._wake_out = os.pipe()
        self._thread = threading.Thread(target=self._serve, name="oralcam-tap", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            ready, _, _ = select.select([self._camera, self._host, self._wake_in], [], [])
            if self._wake_in in ready:
                return
            try:
                if self._camera in ready:
                    data = self._damaged(os.read(self._camera, CHUNK))
                    self._recorder.received(data)
                    self._copy(data, self._host)
                if self._host in ready:
                    data = os.read(self._host, CHUNK)
                    self._recorder.sent(data)
                    self._copy(data, self._camera)
            except OSError:
                return  # unplugged

    def _damaged(self, data: bytes) -> bytes:
        changed = bytearray(data)
        for place in self._damage_at:
            if 0 <= place - self._passed < len(changed):
                changed[place - self._passed] ^= 0x10
        self._passed += len(data)
        return bytes(changed)

    def _copy(self, data: bytes, target: int) -> None:
        view = memoryview(data)
        while view and select.select([], [target], [], WAIT_S)[1]:
            view = view[os.write(target, view) :]

    def close(self) -> None:
        """Hang up."""
        os.write(self._wake_out, b"c")
        self._thread.join()
        for descriptor in (self._camera, self._host, self._keeper, self._wake_in, self._wake_out):
            os.close(descriptor)

    def __enter__(self) -> Tap:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
