"""Single keys from a terminal, without Enter."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":

    class Keys:
        """The keyboard: not here. (Only the emulator reads keys, and it needs a POSIX system.)"""

        def __init__(self) -> None:
            raise OSError("single keys are read from a POSIX terminal")

        def fileno(self) -> int:
            """Return the descriptor to select on."""
            return -1

        def read(self) -> str:
            """Return the keys that were hit."""
            return ""

        def __enter__(self) -> Keys:
            return self

        def __exit__(self, *_: object) -> None:
            pass

else:
    import termios
    import tty

    class Keys:
        """The keyboard, as a context; the terminal is as before afterwards."""

        def __init__(self) -> None:
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
            tty.setcbreak(self._descriptor, termios.TCSADRAIN)
            return self

        def __exit__(self, *_: object) -> None:
            try:
                termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)
            except termios.error:
                pass  # the terminal is gone
