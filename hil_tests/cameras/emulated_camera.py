"""The firmware under a real MicroPython, joined to this computer by a pty or another connector."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from pathlib import Path

from oralcam.emulator import Emulator
from oralcam.emulator.connector import Connector
from tools.testbeds.sample_photo import jpeg_of

TIP_C = 34.0  # as the emulated board starts


class EmulatedCamera:
    """Sends a JPEG of `photo_bytes` unchanged, so that every byte of it can be checked."""

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
            self.emulator = Emulator(
                replay=photo,
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
        """The emulator's."""
        return self.emulator.serial_number

    @property
    def ports(self) -> Mapping[str, str]:
        """The pty."""
        return {"cdc": self.emulator.port}

    def sensor_digest(self, capture_id: str) -> str | None:
        """As the bench channel saw it go into the store."""
        return self.emulator.bench.accepted.get(int(capture_id.rpartition("-")[2]))

    def warm(self, celsius: float) -> None:
        """Set the temperature of its tip."""
        self.tip_c = celsius
        self.emulator.bench.set_tip_temperature(celsius)

    def close(self) -> None:
        """Pull the plug."""
        self.emulator.close()
        self._folder.cleanup()
