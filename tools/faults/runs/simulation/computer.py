"""The host computer of a simulated run: virtual clocks, no threads, a program that can be killed anywhere."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from oralcam.link.host import Host
from oralcam.link.monitor import Monitor
from tools.faults.runs.simulation.cable import Cable, HostEnd
from tools.faults.runs.simulation.disk import MemoryDisk
from tools.faults.runs.simulation.world import World

EPOCH_S = 1.7e9


class Killed(BaseException):
    """`kill -9`: nothing of the program runs after this."""


class Computer(Host):
    """One life of the host's program, from its start until it ends or is killed at its n-th step.

    A step is anything that leaves the program: a read or write of the port, an operation of the disk.
    """

    def __init__(self, cable: Cable, disk: MemoryDisk, chance: random.Random, dies_at_step: int) -> None:
        self._world = cable.world
        self._cable = cable
        self._chance = chance
        self._steps_left = dies_at_step
        disk.step = self.step

    def step(self) -> None:
        """Raises `Killed` when it is time, and from then on whatever is tried."""
        self._steps_left -= 1
        if self._steps_left <= 0:
            raise Killed

    def now(self) -> float:
        """Virtual."""
        return self._world.now_s

    def unix_time(self) -> float:
        """Virtual too."""
        return EPOCH_S + self._world.now_s

    def random_u32(self) -> int:
        """From the seed."""
        return self._chance.getrandbits(32)

    def monitor(self) -> Monitor:
        """Nobody else is there to be kept out."""
        return _Monitor(self._world)

    def flag(self) -> Any:
        """Waiting for it is time that passes."""
        return _Flag(self)

    def open_port(self, name: str, recorder: object, counters: object) -> Any:
        """The end of the cable."""
        del name, recorder, counters
        return HostEnd(self._cable, self.step)

    def ports_of(self, serial_number: str, last_port: str) -> list[str]:
        """Where it was."""
        del serial_number
        return [last_port]

    def start_reader(self, read: Callable[[], None], name: str) -> Callable[[], None]:
        """There is no thread: whoever waits does the reader's turns. At the end it has its last one."""
        del name
        return read

    def sleep(self, seconds: float) -> None:
        """The program does something else meanwhile."""
        self.step()
        end_s = self._world.now_s + seconds
        while self._world.now_s < end_s:
            self._world.advance(end_s - self._world.now_s)


class _Monitor(Monitor):
    def __init__(self, world: World) -> None:
        self._world = world
        self.pump: Callable[[float], None] = lambda _: None

    def now(self) -> float:
        return self._world.now_s

    def notify(self) -> None:
        pass

    def wait(self, timeout: float | None) -> None:
        self.pump(float("inf") if timeout is None else timeout)

    def read_here(self) -> None:
        pass

    def __enter__(self) -> Monitor:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class _Flag:
    def __init__(self, computer: Computer) -> None:
        self._computer = computer
        self._set = False

    def set(self) -> None:
        self._set = True

    def is_set(self) -> bool:
        return self._set

    def wait(self, timeout: float) -> bool:
        if not self._set:
            self._computer.sleep(timeout)
        return self._set
