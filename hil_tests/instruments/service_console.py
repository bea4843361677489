"""The camera's REPL, which is there in service mode only: the button is held while it starts."""

from __future__ import annotations

from typing import Protocol


class ServiceConsole(Protocol):
    """Runs Python on the camera's board."""

    def run(self, code: str) -> str:
        """What the code prints. Raises `BenchError` if the board does not answer, or the code fails."""
