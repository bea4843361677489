"""The instrument that resets the host's USB controller under everybody's feet."""

from __future__ import annotations

from typing import Protocol


class HostController(Protocol):
    """The USB controller at whose port the camera is."""

    def reset(self) -> None:
        """Take the controller away from its driver and give it back: every device on it goes and
        comes again.
        """
