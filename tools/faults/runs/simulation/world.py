"""Virtual time: an event loop that never waits. When nothing is to be done now, the clock jumps."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Mapping
from typing import Any

LONGEST_WAIT_S = 3600.0


class World(asyncio.SelectorEventLoop):
    """The camera's tasks run in it by themselves; the host's program is whoever calls `advance`."""

    def __init__(self) -> None:
        self.now_s = 100.0
        super().__init__(_Nothing(self))
        self.set_exception_handler(_ignore)  # tasks of a camera whose power was cut

    def time(self) -> float:
        """Seconds, as asyncio asks for them."""
        return self.now_s

    def advance(self, seconds: float) -> None:
        """Let at most `seconds` pass; less if `interrupt` is called by something that happens meanwhile."""
        alarm = self.call_later(min(seconds, LONGEST_WAIT_S), self.stop)
        self.run_forever()
        alarm.cancel()

    def interrupt(self) -> None:
        """Something has happened that the host waits for."""
        self.stop()

    def at(self, when_s: float, do: Callable[[], None]) -> None:
        """Have something done at a moment of virtual time."""
        self.call_at(when_s, do)

    def soon(self, do: Callable[[], None]) -> None:
        """Have something done before time goes on."""
        self.call_soon(do)

    def end(self) -> None:
        """End every task and close the loop."""
        for task in asyncio.all_tasks(self):
            task.cancel()
        self.advance(0.0)
        self.close()


class _Nothing(selectors.BaseSelector):
    """No file is ever ready. To wait is to set the clock ahead."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._keys: dict[Any, selectors.SelectorKey] = {}

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Nothing, `timeout` seconds later."""
        if timeout is None:
            raise RuntimeError("the simulated world has come to a standstill: nobody waits for anything")
        if timeout > 0:
            self._world.now_s += timeout
        return []

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        """asyncio's own pipe, by number."""
        key = self._keys[fileobj] = selectors.SelectorKey(fileobj, int(fileobj), events, data)
        return key

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        """The same, gone."""
        return self._keys.pop(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        """What is registered."""
        return self._keys


def _ignore(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    del loop, context
