"""The camera that a bench is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class CameraUnderTest(Protocol):
    """Real or emulated: where it is, and nothing that a test could cheat with."""

    @property
    def serial_number(self) -> str:
        """Its own."""

    @property
    def ports(self) -> Mapping[str, str]:
        """The name of its port for each transport, "cdc" and maybe "bulk"."""

    def sensor_digest(self, capture_id: str) -> str | None:
        """SHA-256 of what the sensor made of this capture, where somebody else than the camera knows it."""

    def close(self) -> None:
        """Leave it. Harmless when repeated."""
