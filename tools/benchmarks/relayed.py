"""The relay's process as seen from the bench."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from types import TracebackType

from tools.benchmarks.rig import BenchFailed

ANSWER_TIMEOUT_S = 10.0


class Relay:
    """The relay's process, while the context lasts.

    `port` is the camera's, behind a modelled full-speed link.
    """

    def __init__(self, device_port: str, damage_seed: str | None = None) -> None:
        command = [sys.executable, "-m", "tools.benchmarks.relay", device_port]
        self._process = subprocess.Popen(
            command + ([] if damage_seed is None else [damage_seed]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            self.port = self._line()
        except BaseException:
            self.close()
            raise

    def counts(self) -> dict[str, int]:
        """Return the bytes so far: `up` from the device, `down` to it, and `hits`, how many were damaged."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"?")
        self._process.stdin.flush()
        counts: dict[str, int] = json.loads(self._line())
        return counts

    def _line(self) -> str:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        line = b""
        deadline = time.monotonic() + ANSWER_TIMEOUT_S
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            data = os.read(descriptor, 4096) if ready else b""
            if not data:
                raise BenchFailed("the relay does not answer")
            line += data
        return line.decode().strip()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait(ANSWER_TIMEOUT_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Relay:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
