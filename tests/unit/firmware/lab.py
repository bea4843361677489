"""The firmware's application on a board in virtual time, whose parts break when they are told to."""

from __future__ import annotations

import asyncio
import random
from types import TracebackType
from typing import Any

from camera_app.application import Application
from oralcam_protocol.wire.codec import Photo
from oralcam_protocol.wire.enums import EventType
from tools.faults.light.board import Board
from tools.faults.light.hardware import Hardware
from tools.faults.runs.simulation.world import World


class TimedHardware(Hardware):
    """Its clock is the world's."""

    world: World

    @property
    def now_s(self) -> float:
        """Seconds of virtual time."""
        return self.world.now_s

    @now_s.setter
    def now_s(self, value: float) -> None:
        del value


class Lab:
    """Use as a context. `events` has what the camera told: type, press, capture, code, when (ms)."""

    def __init__(self, content: dict[str, bytes] | None = None) -> None:
        self.world = World()
        self.hardware = TimedHardware(random.Random(1))
        self.hardware.world = self.world
        self.content = {} if content is None else content
        self.events: list[tuple[int, int, int, int]] = []
        self.lit: list[tuple[float, bool]] = []  # when the light changed, ms
        self.exposed_ms: list[float] = []
        self.board = Board(self.hardware, 20_000, self.content, 1)
        self._watch_ring()
        self.application = Application(self.board)
        self._watch_events()
        self._watch_sensor()
        self.task = self.world.create_task(self.application.run())
        self.run(0.5)
        self.events.clear()  # that there is light was told

    def __enter__(self) -> Lab:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hardware.hung = True
        for _ in range(50):
            for task in asyncio.all_tasks(self.world):
                task.cancel()
            try:
                self.world.advance(0.0)
            except SystemExit:
                continue
            if not asyncio.all_tasks(self.world):
                break
        self.world.close()

    @property
    def now_ms(self) -> float:
        """Milliseconds of virtual time."""
        return self.world.now_s * 1000

    def run(self, seconds: float) -> None:
        """Let time pass."""
        until_s = self.world.now_s + seconds
        while self.world.now_s < until_s - 1e-9:
            self.world.advance(until_s - self.world.now_s)

    def move(self, *levels_and_s: tuple[bool, float]) -> None:
        """Move the button, and let so much time pass after each movement."""
        for pressed, seconds in levels_and_s:
            self.board.finger.move(pressed)
            self.run(seconds)

    def told(self, type: int) -> list[tuple[int, int, int]]:
        """Press number, capture number and code of each event of a type."""
        return [words for event, *rest in self.events if event == type for words in [tuple(rest)]]  # type: ignore[misc]

    @property
    def photos(self) -> list[Photo]:
        """Accepted and waiting."""
        return self.application.queue.after(0, 100)

    def light(self, permille: int, steady: bool) -> None:
        """As the host asks."""
        self.application.lighting.safety.ask([permille] * 3, steady)

    def _watch_ring(self) -> None:
        hardware = self.hardware
        for name in ("enable", "apply"):
            self._wrap(hardware, name)

    def _wrap(self, hardware: Hardware, name: str) -> None:
        call = getattr(hardware, name)

        def watched(value: Any) -> None:
            was = hardware.lit
            try:
                call(value)
            finally:
                if hardware.lit != was:
                    self.lit.append((self.now_ms, hardware.lit))

        setattr(hardware, name, watched)

    def _watch_events(self) -> None:
        announce = self.application.events.announce

        def heard(type: int, at_us: int, *words: Any, **named: Any) -> None:
            press = named.get("press_number", words[0] if words else 0)
            capture = named.get("capture_id", words[1] if len(words) > 1 else 0)
            self.events.append((type, press, capture, named.get("code", 0)))
            announce(type, at_us, *words, **named)

        self.application.events.announce = heard  # type: ignore[method-assign]

    def _watch_sensor(self) -> None:
        expose = self.board.sensor.expose

        async def watched(*words: int) -> None:
            self.exposed_ms.append(self.now_ms)
            await expose(*words)

        self.board.sensor.expose = watched  # type: ignore[method-assign,assignment]


PRESS, PHOTO, REFUSED, LIGHT = EventType.PRESS, EventType.PHOTO, EventType.REFUSED, EventType.LIGHT
