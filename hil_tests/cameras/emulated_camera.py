"""The firmware under a real MicroPython, joined to this computer by a pty or another connector."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hil_tests.cameras.stage import Stage
from oralcam.emulator import Emulator
from oralcam.emulator.connector import Connector
from oralcam.emulator.scene import Replay
from tools.testbeds.sample_photo import jpeg_of

TIP_C = 34.0  # as the emulated board starts


class EmulatedCamera:
    """An emulated camera that sends a JPEG of `photo_bytes` unchanged, so that every byte can be checked."""

    def __init__(
        self,
        photo_bytes: int,
        store: str,
        connector: Connector | None = None,
        serial_number: str | None = None,
        board: str | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="oralcam-bench-")
        try:
            photo = Path(self._folder.name) / "photo.jpg"
            photo.write_bytes(jpeg_of(photo_bytes, random.Random(photo_bytes)))
            self._stage = Stage(Replay(photo))
            self.emulator = Emulator(
                scene=self._stage,
                store="psram" if store == "psram" else "flash",
                connector=connector,
                serial_number=serial_number,
                board=board,
            )
        except BaseException:
            self._folder.cleanup()
            raise
        self.tip_c = TIP_C

    @property
    def serial_number(self) -> str:
        """The emulator's serial number."""
        return self.emulator.serial_number

    @property
    def ports(self) -> Mapping[str, str]:
        """The pty, as "cdc"."""
        return {"cdc": self.emulator.port}

    def sensor_digest(self, capture_id: str) -> str | None:
        """Return the digest that the bench channel saw go into the store."""
        return self.emulator.bench.accepted.get(int(capture_id.rpartition("-")[2]))

    def warm(self, celsius: float) -> None:
        """Set the temperature of its tip."""
        self.tip_c = celsius
        self.emulator.bench.set_tip_temperature(celsius)

    def look_at(self, jpeg: bytes) -> None:
        """Send this from the next exposure on."""
        target = Path(self._folder.name) / "target.jpg"
        target.write_bytes(jpeg)
        self._stage.show(Replay(target))

    def look_away(self) -> None:
        """Send the usual photo again."""
        self._stage.clear()

    def close(self) -> None:
        """Pull the plug."""
        self.emulator.close()
        self._folder.cleanup()
