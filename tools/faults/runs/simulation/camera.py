"""The simulated camera: a board with the firmware's application, and power that comes and goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from camera_app.application import Application
from tools.faults.runs.simulation.board import PowerCut, Remains, SimulatedBoard
from tools.faults.runs.simulation.cable import Cable
from tools.faults.runs.simulation.world import World


class Camera:
    """The board under power, under the firmware's application; without power; and back again."""

    def __init__(self, world: World, cable: Cable, remains: Remains, off_s: Callable[[], float]) -> None:
        self.world = world
        self.remains = remains
        self.resets = 0
        self.blind: list[tuple[float, float]] = []  # from when to when a press could not be seen
        self.trouble: list[str] = []
        self._cable = cable
        self._off_s = off_s
        self._running: asyncio.Task[None] | None = None
        self._application: Application | None = None
        self._board: SimulatedBoard | None = None
        self._boot(1)

    def _boot(self, reset_cause: int) -> None:
        self._board = SimulatedBoard(
            self.world, self._cable, self.remains, reset_cause, lambda: self.world.soon(self.reset)
        )
        try:
            self._application = Application(self._board)
        except PowerCut:
            self._lose_power()
            return
        self._running = self.world.create_task(self._application.run())
        self._running.add_done_callback(self._ended)
        if self.blind:
            self.blind[-1] = (self.blind[-1][0], self.world.now_s)
        self._cable.plug_in()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task is not self._running or task.cancelled():
            return
        error = task.exception()
        if not isinstance(error, PowerCut):
            self.trouble.append(f"the firmware's application ended: {error!r}")
        self._lose_power()

    @property
    def powered(self) -> bool:
        """Is the application up?"""
        return self._application is not None

    @property
    def busy(self) -> bool:
        """Are there orders that are no photos yet?"""
        return self._application is not None and self._application.capture.busy

    def reset(self) -> None:
        """Power off and on again, unless it is off."""
        if self.powered:
            self._lose_power()

    def _lose_power(self) -> None:
        self.resets += 1
        if self._application is not None and self._application.health.task_restarts:
            self.trouble.append("a service of the firmware failed")
        if self._board is not None:
            self._board.off = True
        self._application = self._running = self._board = None
        for task in asyncio.all_tasks(self.world):
            task.cancel()
        if not self.blind or self.blind[-1][1] < float("inf"):
            self.blind.append((self.world.now_s, float("inf")))
        self._cable.pull()
        self.world.at(self.world.now_s + self._off_s(), lambda: self._boot(3))

    def press(self, hold_s: float) -> None:
        """Press the button; nothing comes of it if there is no power."""
        if self._board is not None:
            self._board.finger.press(hold_s)

    def push_clock(self, seconds: float) -> None:
        """The board's counter jumps ahead."""
        if self._board is not None:
            self._board.counter.ahead_us += round(seconds * 1e6)

    @property
    def photos_held(self) -> int:
        """Accepted and not yet acknowledged."""
        return len(self.remains.descriptions)
