"""How long each task runs between two yields: every coroutine of the application is wrapped."""

import asyncio

from tools.testbeds.qemu_arm.virtual_time.guest.world import instructions

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has neither module
    from collections.abc import Coroutine
    from typing import Any

# the order in which Application.run starts them; tasks that come later have no name
NAMES = ["photos", "events", "capture", "button", "lighting", "health", "session", "board"]
NOTED = 64


def cost_of_asking() -> int:
    """What it costs to ask twice for the instructions so far, and do nothing in between."""
    costs = []
    for _ in range(9):
        start = instructions()
        costs.append(instructions() - start)
    return sorted(costs)[len(costs) // 2]


class Steps:
    """The longest step, and the last ones of each named task, in instructions."""

    def __init__(self) -> None:
        self.longest = 0
        self.longest_of = ""
        self.last: "dict[str, list[int]]" = {}
        self._asking = cost_of_asking()

    def note(self, name: str, took: int) -> None:
        """One step."""
        took -= self._asking
        if took > self.longest:
            self.longest = took
            self.longest_of = name
        steps = self.last.setdefault(name, [])
        steps.append(took)
        if len(steps) > NOTED:
            steps.pop(0)


class Measured:
    """A coroutine whose steps are noted."""

    def __init__(self, coroutine: "Coroutine[Any, Any, Any]", name: str, steps: Steps) -> None:
        self._coroutine = coroutine
        self._name = name
        self._steps = steps

    def send(self, value: object) -> object:
        """One step."""
        start = instructions()
        try:
            return self._coroutine.send(value)
        finally:
            self._steps.note(self._name, instructions() - start)

    def throw(self, error: BaseException) -> object:
        """One step that begins with an exception."""
        start = instructions()
        try:
            return self._coroutine.throw(error)
        finally:
            self._steps.note(self._name, instructions() - start)

    def close(self) -> None:
        """End it."""
        self._coroutine.close()


def measure_steps(steps: Steps) -> None:
    """From here on every task that is made is measured."""
    make = asyncio.core.create_task  # type: ignore[attr-defined]
    names = list(NAMES)

    def create_task(coroutine: "Coroutine[Any, Any, Any]") -> object:
        return make(Measured(coroutine, names.pop(0) if names else "another task", steps))

    asyncio.create_task = asyncio.core.create_task = create_task  # type: ignore
