"""Who a camera is, as it said when its session began."""

from __future__ import annotations

from oralcam.link.reconnecting import ReconnectingLink
from oralcam_protocol.wire.enums import Capability


class Identity:
    """The part of `Camera` that answers without asking the camera."""

    _link: ReconnectingLink

    @property
    def serial_number(self) -> str:
        """The camera's own."""
        return self._link.connection.hello.serial_number

    @property
    def firmware_version(self) -> str:
        """Such as "0.1.0"."""
        return self._link.connection.hello.firmware_version

    @property
    def board(self) -> str:
        """Such as "esp32s3", or "unix" for the emulator."""
        return self._link.connection.hello.board

    @property
    def protocol_version(self) -> str:
        """Such as "1.0"."""
        return f"{self._link.connection.hello.major}.{self._link.connection.hello.minor}"

    @property
    def capabilities(self) -> frozenset[str]:
        """What this camera can do: "photos_survive_reset", "buzzer" …"""
        bits = self._link.connection.hello.capabilities
        return frozenset(
            name.lower() for name, bit in vars(Capability).items() if name.isupper() and bits & bit
        )

    @property
    def photos_waiting(self) -> int:
        """How many photos waited on the camera when it was opened."""
        return self._link.connection.hello.photos_waiting

    @property
    def connected_since(self) -> tuple[float, float]:
        """When the present session began: seconds since 1970, and of `time.monotonic`, which nobody sets.

        What was pressed before that, nobody here saw.
        """
        connection = self._link.connection
        return connection.began_unix_s, connection.began_s
