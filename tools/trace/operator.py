"""The operator who does to a live camera what was done to the recorded one: a bench, or a person."""

from __future__ import annotations

import sys
from typing import Protocol

from oralcam.emulator import Bench
from oralcam_protocol.wire.codec import Event
from oralcam_protocol.wire.enums import EventType, LightLock

BENCH_PATIENCE_S = 10.0
PERSON_PATIENCE_S = 60.0
TIP_C: dict[int, float | None] = {
    LightLock.NONE: 34.0,
    LightLock.TOO_WARM: 41.0,
    LightLock.NO_TEMPERATURE: None,
}


class Operator(Protocol):
    """An operator that makes things happen on the camera."""

    patience_s: float  # how long that may take

    def press(self, times: int) -> None:
        """Press the button, and let go."""

    def cause(self, event: Event) -> None:
        """Do what will make the camera report `event`, if it comes from outside."""


class BenchHand:
    """The operator of an emulated camera: the emulator's bench."""

    patience_s = BENCH_PATIENCE_S

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def press(self, times: int) -> None:
        """Press the button, and let go."""
        for number in range(1, times + 1):
            self._bench.press()
            self._bench.wait_until(lambda bench, number=number: bench.shown.count("taken") >= number)  # type: ignore[misc]

    def cause(self, event: Event) -> None:
        """Move the button or change the temperature."""
        if event.type == EventType.PRESS:
            self._bench.button_down()
        elif event.type == EventType.RELEASE:
            self._bench.button_up()
        elif event.type == EventType.LIGHT:
            self._bench.set_tip_temperature(TIP_C.get(event.code, TIP_C[LightLock.NONE]))


class PersonHand:
    """A person who reads what standard error asks for."""

    patience_s = PERSON_PATIENCE_S

    def press(self, times: int) -> None:
        """Press the button, and let go."""
        _ask(f"press the button {times} times")

    def cause(self, event: Event) -> None:
        """Ask for the button or a temperature."""
        if event.type == EventType.PRESS:
            _ask("press the button")
        elif event.type == EventType.RELEASE:
            _ask("let go of the button")
        elif event.type == EventType.LIGHT:
            _ask("let the tip cool down" if event.code == LightLock.NONE else "warm the tip above 40 °C")


def _ask(what: str) -> None:
    print(f"now {what}", file=sys.stderr, flush=True)
