"""Deadlines: a moment by which something must be done, however many steps it takes."""

from __future__ import annotations

import socket
import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class Deadline:
    """A moment `seconds` from now, on a clock that never goes back."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        if not 0 < seconds < float("inf"):
            raise ValueError("a deadline lies a finite time ahead")
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    @property
    def remaining(self) -> float:
        """The seconds that are left; 0 when the deadline has passed."""
        return max(0.0, self._end - self._clock())

    @property
    def passed(self) -> bool:
        """True once it is too late."""
        return self.remaining == 0


class Scissors:
    """A cut through a connection at a deadline: a read or write that would block forever then fails.

    A timeout of a socket does not do: the other side may send a byte now and then. Use it as a context
    manager.
    """

    def __init__(self, deadline: Deadline, connection: Callable[[], socket.socket | None]) -> None:
        self._connection = connection
        self._cut = threading.Event()
        self._timer = threading.Timer(deadline.remaining, self._close)
        self._timer.daemon = True

    @property
    def cut(self) -> bool:
        """True if the connection had to be cut."""
        return self._cut.is_set()

    def _close(self) -> None:
        self._cut.set()
        connection = self._connection()
        if connection is not None:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # closed already

    def __enter__(self) -> Scissors:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
