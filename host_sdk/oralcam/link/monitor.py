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
    """Hold it to look at what is shared; `wait` in it for a change. Not to be entered twice by one thread.

    Whoever waits in the reader's own thread (a camera that comes back is asked things before anybody may use
    it) waits by doing the reader's work: `pump` is one turn of it.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition(threading.Lock())
        self.pump: Callable[[float], None] = _nothing_to_do

    def now(self) -> float:
        """Seconds of a clock that does not go back."""
        return time.monotonic()

    def notify(self) -> None:
        """Something has changed; the monitor is held."""
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
        """Wait until `condition`; False after `timeout` seconds. The monitor is held."""
        deadline = None if timeout is None else self.now() + timeout
        while not condition():
            left = None if deadline is None else deadline - self.now()
            if left is not None and left <= 0:
                return False
            self.wait(left)
        return True

    def read_here(self) -> None:
        """The calling thread is the reader."""
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
