"""Single keys from a terminal, without Enter."""

from __future__ import annotations

import os
import sys


class Keys:
    """The keyboard, as a context; the terminal is as before afterwards. (The emulator's: POSIX only.)"""

    _descriptor: int

    def __init__(self) -> None:
        if sys.platform == "win32":
            raise OSError("single keys are read from a POSIX terminal")
        import termios  # Windows has none

        self._descriptor = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._descriptor)

    def fileno(self) -> int:
        """Return the descriptor to select on."""
        return self._descriptor

    def read(self) -> str:
        """Return the keys that were hit; "" when the terminal is gone."""
        try:
            return os.read(self._descriptor, 64).decode("ascii", "replace")
        except OSError:
            return ""

    def __enter__(self) -> Keys:
        if sys.platform != "win32":
            import termios
            import tty

            tty.setcbreak(self._descriptor, termios.TCSADRAIN)
        return self

    def __exit__(self, *_: object) -> None:
        if sys.platform == "win32":
            return
        import termios

        try:
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)
        except termios.error:
            pass  # the terminal is gone
