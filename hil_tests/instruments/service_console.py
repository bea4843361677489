"""The camera's REPL. It is there in service mode only: when the button is held while the camera starts."""

from __future__ import annotations

from typing import Protocol


class ServiceConsole(Protocol):
    """A console that runs Python on the camera's board."""

    def run(self, code: str) -> str:
        """Run code and return what it prints.

        Raises `BenchError` if the board does not answer, or the code fails.
        """
