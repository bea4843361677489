"""The one lock that callers and the reader share, and the one way in which a caller waits."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

INTERRUPTIBLE_S = 0.25


class Monitor:
    """The lock on what is shared: hold it to look, `wait` in it for a change.

    One thread must not enter it twice. A call that waits in the reader's own thread (a camera that comes back
    is asked things before anybody may use it) waits by doing the reader's work: `pump` is one turn of it.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition(threading.Lock())
        self.pump: Callable[[float], None] = _nothing_to_do

    def now(self) -> float:
        """Return the seconds of a clock that does not go back."""
        return time.monotonic()

    def notify(self) -> None:
        """Wake those who wait: something has changed. The monitor is held."""
        self._condition.notify_all()

    def wait(self, timeout: float | None) -> None:
        """Return after a change or `timeout` seconds, or for no reason; the monitor is held."""
        if not self._in_reader():
            if sys.platform == "win32":  # Ctrl-C does not end a wait there
                timeout = INTERRUPTIBLE_S if timeout is None else min(timeout, INTERRUPTIBLE_S)
            self._condition.wait(timeout)
            return
        self._condition.release()
        try:
            self.pump(float("inf") if timeout is None else timeout)
        finally:
            self._condition.acquire()

    def wait_for(self, condition: Callable[[], bool], timeout: float | None) -> bool:
        """Wait until `condition`; return False after `timeout` seconds. The monitor is held."""
        deadline = None if timeout is None else self.now() + timeout
        while not condition():
            left = None if deadline is None else deadline - self.now()
            if left is not None and left <= 0:
                return False
            self.wait(left)
        return True

    def read_here(self) -> None:
        """Make the calling thread the reader."""
        self._reader = threading.get_ident()

    _reader = -1

    def _in_reader(self) -> bool:
        return self._reader == threading.get_ident()

    def __enter__(self) -> Monitor:
        self._condition.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._condition.release()


def _nothing_to_do(patience_s: float) -> None:
    del patience_s
