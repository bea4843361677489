"""Threads in which blocking calls run, and waits that are cut into slices so that they can be cancelled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

THREADS = 8  # calls of one camera that may wait at the same time
SLICE_S = 0.25  # how long a thread waits for a press before it looks whether anybody still wants it

T = TypeVar("T")


class Threads:
    """The threads in which one camera's blocking calls run."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, "oralcam-aio")

    async def run(self, call: Callable[[], T]) -> T:
        """Return what `call` returns. A caller that is cancelled leaves it running."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    async def run_or_undo(self, call: Callable[[], T], undo: Callable[[T], object]) -> T:
        """Return what `call` returns; if the caller is cancelled first, have `undo` called with it."""
        future = self._pool.submit(call)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            future.add_done_callback(lambda done: self._undo(done, undo))
            raise

    def _undo(self, done: Future[T], undo: Callable[[T], object]) -> None:
        if not done.cancelled() and done.exception() is None:
            self.start(lambda: undo(done.result()))

    def start(self, call: Callable[[], object]) -> None:
        """Have `call` run without waiting for it; in this thread, if the camera was closed."""
        try:
            self._pool.submit(call)
        except RuntimeError:  # the pool takes no more
            call()

    def end(self) -> None:
        """Let calls that run come to their end; take no more."""
        self._pool.shutdown(wait=False)


class Deadline:
    """The end of a wait: `timeout` seconds after the last `renew`, or never for None."""

    def __init__(self, timeout: float | None) -> None:
        self._timeout = timeout
        self.renew()

    def renew(self) -> None:
        """Count from now."""
        self._ends = float("inf") if self._timeout is None else time.monotonic() + self._timeout

    @property
    def is_over(self) -> bool:
        """Return whether the time is up."""
        return time.monotonic() >= self._ends

    @property
    def slice_s(self) -> float:
        """How long a thread may wait until it looks again, seconds."""
        return min(SLICE_S, self.left_s)

    @property
    def left_s(self) -> float:
        """How much time is left, seconds."""
        return max(0.0, self._ends - time.monotonic())
