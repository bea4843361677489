"""The camera that a bench is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class CameraUnderTest(Protocol):
    """A camera, real or emulated: where it is, and nothing that a test could cheat with."""

    @property
    def serial_number(self) -> str:
        """The camera's serial number."""

    @property
    def ports(self) -> Mapping[str, str]:
        """The name of its port for each transport, "cdc" and maybe "bulk"."""

    def sensor_digest(self, capture_id: str) -> str | None:
        """Return the SHA-256 of the sensor's JPEG of this capture; None if only the camera knows it."""

    def close(self) -> None:
        """Let go of the camera. Harmless when repeated."""
