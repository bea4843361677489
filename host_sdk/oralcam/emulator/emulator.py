"""One emulated camera: board process, scene and bench together."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Literal

from oralcam.emulator.bench import Bench
from oralcam.emulator.process import HEAP, FirmwareProcess
from oralcam.emulator.scene import Scene, open_scene
from oralcam.errors import EmulatorError

START_TIMEOUT_S = 15.0
STORE_BYTES = 64_000_000


class Emulator:
    """Runs from construction to `close`, or as a context.

    `port` is a serial port like any other; `bench` presses the button and warms the tip.
    `scene` is a picture or a folder of pictures taken as the mouth (relit and encoded anew); `replay` a JPEG
    or a folder of them sent byte for byte; with neither, a mouth is rendered. `store` is what the board keeps
    photos in: "psram" forgets them on reset, "flash" does not. `state` keeps numbers and flash between runs;
    without it they live in a temporary folder.

    Raises `InvalidScene` for a scene that is no picture and `EmulatorError` if the firmware does not start.
    """

    def __init__(
        self,
        *,
        scene: str | os.PathLike[str] | Scene | None = None,
        replay: str | os.PathLike[str] | None = None,
        serial_number: str | None = None,
        store: Literal["psram", "flash"] = "psram",
        store_bytes: int = STORE_BYTES,
        state: str | os.PathLike[str] | None = None,
        heap: str = HEAP,
    ) -> None:
        opened = _open(scene, replay)
        self.serial_number = serial_number or f"EMU-{secrets.token_hex(3).upper()}"
        self._temporary = None if state is not None else tempfile.mkdtemp(prefix="oralcam-emulator-")
        self._state = Path(self._temporary or state or "")
        self._errors = self._state / "stderr.txt"
        self._closed = False
        here, there = socket.socketpair()
        try:
            with there:
                for name in ("photos", "numbers"):
                    (self._state / name).mkdir(parents=True, exist_ok=True)
                self._process = FirmwareProcess(
                    self._environment(store, store_bytes), there, self._errors, heap
                )
        except BaseException:
            here.close()
            self._remove_state()
            raise
        self.bench = Bench(here, opened, self._state / "frame.jpg")
        try:
            if not self.bench.wait_until(lambda bench: bench.started, START_TIMEOUT_S):
                said = (self._process.console() + self._errors.read_text("utf-8", "replace")).split("\n")
                said = [line.strip() for line in said if line.strip()][-3:]
                raise EmulatorError("The firmware did not start: " + (" | ".join(said) or "it said nothing."))
        except BaseException:  # Ctrl-C too
            self.close()
            raise

        self._process.let_go()

    @property
    def port(self) -> str:
        """The serial port's path."""
        return self._process.port

    @property
    def pid(self) -> int:
        """Process id of the firmware."""
        return self._process.pid

    def close(self) -> None:
        """Pull the plug: the firmware ends, the port hangs up. Harmless when repeated."""
        if self._closed:
            return
        self._closed = True
        self._process.stop()
        self.bench.close()
        self._remove_state()

    def _environment(self, store: str, store_bytes: int) -> dict[str, str]:
        return {
            "ORALCAM_STATE": str(self._state),
            "ORALCAM_SERIAL": self.serial_number,
            "ORALCAM_STORE": store,
            "ORALCAM_STORE_BYTES": str(store_bytes),
            "ORALCAM_RESET_CAUSE": "1",
        }

    def _remove_state(self) -> None:
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def __enter__(self) -> Emulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _open(scene: str | os.PathLike[str] | Scene | None, replay: str | os.PathLike[str] | None) -> Scene:
    named = None if replay is None else Path(replay)
    if scene is None:
        return open_scene(replay=named)
    if isinstance(scene, (str, os.PathLike)):
        return open_scene(scene=Path(scene), replay=named)
    return scene
