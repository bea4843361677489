"""One emulated camera: board process, scene and bench together."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Literal

from oralcam.emulator.bench import Bench
from oralcam.emulator.boards import RunningBoard, board_named
from oralcam.emulator.connector import Connector, PtyConnector, Wires
from oralcam.emulator.scene import Scene, open_scene
from oralcam.errors import EmulatorError

START_TIMEOUT_S = 15.0
STORE_BYTES = 64_000_000
RESET_CAUSES = {"power-on": 1, "hard": 2, "watchdog": 3, "soft": 4}  # wire.enums.ResetCause


class Emulator:
    """An emulated camera that runs from construction to `close`, or as a context.

    `port` is a serial port like any other; `bench` presses the button and warms the tip. `scene` is a picture
    or a folder of pictures taken as the mouth (relit and encoded again); `replay` a JPEG or a folder of them
    sent byte for byte; with neither, a mouth is rendered. `store` is what the board keeps photos in: "psram"
    forgets them on reset, "flash" does not. `state` keeps numbers and flash between runs; without it they
    live in a temporary folder. `bulk` gives the board a bulk interface besides its serial port; `connector`
    joins it to a host in another way than by a pty. `board` is "unix", or "qemu-arm" and "qemu-arm-m7"
    without an operating system, built from a checkout; $ORALCAM_BOARD names the default.

    Raises `InvalidScene` for a scene that is not a picture and `EmulatorError` if the firmware does not
    start.
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
        heap: str | None = None,
        bulk: bool = False,
        connector: Connector | None = None,
        board: str | None = None,
    ) -> None:
        opened = _open(scene, replay)
        self.serial_number = serial_number or f"EMU-{secrets.token_hex(3).upper()}"
        self._temporary = None if state is not None else tempfile.mkdtemp(prefix="oralcam-emulator-")
        self._state = Path(self._temporary or state or "").resolve()
        self._errors = self._state / "stderr.txt"
        self._connector = connector or PtyConnector(self._state / "port", bulk=bulk)
        self._environment = {
            "ORALCAM_SERIAL": self.serial_number,
            "ORALCAM_STORE": store,
            "ORALCAM_STORE_BYTES": str(store_bytes),
        }
        self._preparing: threading.Thread | None = None
        self._process: RunningBoard | None = None
        self._closed = False
        self._power = threading.RLock()  # the board may reset itself at any moment
        self._guard = threading.Thread(target=self._reset_by_itself, name="oralcam-reset", daemon=True)
        try:
            self.board = board_named(board, self._state, self._errors, heap)
        except BaseException:
            self._remove_state()
            raise
        self.bench = Bench(opened, self.board.frame)
        try:
            self._guard.start()
            self._preparing = _prepare(opened)
            self.plug_in()
        except BaseException:  # Ctrl-C too
            self.close()
            raise

    # -- power ---------------------------------------------------------------------------------------

    def plug_in(self) -> None:
        """Switch the power on and return when the firmware is up; its port is there again.

        Harmless if it is up.
        """
        self._power_on(RESET_CAUSES["power-on"])

    def unplug(self) -> None:
        """Switch the power off: the port hangs up and is gone. Harmless when repeated."""
        self._power_off()
        self.bench.wait_exposed()

    def _power_off(self) -> None:
        with self._power:
            process, self._process = self._process, None
            self.bench._power_lost()
            if process is not None:
                process.stop()
            self._connector.power_off()
            self.bench._detach()

    def reset(self, cause: Literal["watchdog", "hard", "soft"] = "watchdog") -> None:
        """Reset the board: as unplugging it and plugging it in again, but it will tell this cause."""
        self.unplug()
        self._power_on(RESET_CAUSES[cause])

    def _reset_by_itself(self) -> None:
        """In a thread of its own: the board's watchdog or its firmware has pulled the reset line."""
        while (cause := self.bench.wait_reset()) is not None:
            with self._power:
                if self._process is None:
                    continue  # the power was faster
                self._power_off()
                try:
                    self._power_on(RESET_CAUSES[cause])
                except EmulatorError:
                    pass  # it does not start any more: `Bench.started` tells

    def _power_on(self, reset_cause: int) -> None:
        with self._power:
            self._start_board(reset_cause)

    def _start_board(self, reset_cause: int) -> None:
        if self._closed:
            raise EmulatorError("The emulator was closed; start a new one.")
        if self._process is not None:
            return
        environment = {**self._environment, "ORALCAM_RESET_CAUSE": str(reset_cause)}
        wires = self._connector.power_on()
        try:
            self._start(environment, wires)
        except BaseException:
            self._power_off()
            raise
        finally:
            # from here on the firmware's end is the port's hang-up, as when a plug is pulled
            for descriptor in wires:
                if descriptor is not None:
                    os.close(descriptor)
        if self._preparing is not None:
            self._preparing.join()  # however busy the machine is: the first photo does not wait for that
            self._preparing = None
        self._connector.firmware_started()

    def _start(self, environment: dict[str, str], wires: Wires) -> None:
        """Start the firmware and return when it is up."""
        here, there = socket.socketpair()
        try:
            with there:
                self._process = self.board.start(environment, wires, there)
        except BaseException:
            here.close()
            raise
        self.bench._attach(here)
        if not self.bench.wait_until(lambda bench: bench.started, START_TIMEOUT_S):
            said = (self._connector.said() + self._errors.read_text("utf-8", "replace")).split("\n")
            said = [line.strip() for line in said if line.strip()][-3:]
            raise EmulatorError("The firmware did not start: " + (" | ".join(said) or "it said nothing."))

    @property
    def port(self) -> str:
        """The serial port's path; it stays the same over resets."""
        return self._connector.port

    @property
    def bulk(self) -> socket.socket | None:
        """The host's end of the bulk interface of `Emulator(bulk=True)`; None without power.

        It belongs to the emulator: leave it open.
        """
        return self._connector.bulk if isinstance(self._connector, PtyConnector) else None

    @property
    def pid(self) -> int:
        """The process id of the firmware. Raises `EmulatorError` while it has no power."""
        if self._process is None:
            raise EmulatorError("The emulated camera is not plugged in.")
        return self._process.pid

    def close(self) -> None:
        """Pull the plug: the firmware ends, the port hangs up. Harmless when repeated."""
        if self._closed:
            return
        self._closed = True
        self.unplug()
        self.bench.end()
        if self._guard.is_alive():
            self._guard.join()
        self._remove_state()

    def _remove_state(self) -> None:
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def __enter__(self) -> Emulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _prepare(scene: Scene) -> threading.Thread | None:
    """Have the scene do what is slow, while the firmware starts; None if it has nothing to do."""
    prepare = getattr(scene, "prepare", None)
    if prepare is None:
        return None
    thread = threading.Thread(target=prepare, name="oralcam-scene", daemon=True)
    thread.start()
    return thread


def _open(scene: str | os.PathLike[str] | Scene | None, replay: str | os.PathLike[str] | None) -> Scene:
    named = None if replay is None else Path(replay)
    if scene is None:
        return open_scene(replay=named)
    if isinstance(scene, (str, os.PathLike)):
        return open_scene(scene=Path(scene), replay=named)
    return scene
