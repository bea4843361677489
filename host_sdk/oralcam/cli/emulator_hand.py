"""The hand on an emulated camera: presses by the clock and by keys, until it is time to stop."""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING

from oralcam.cli.terminal import aside
from oralcam.errors import EmulatorError

if TYPE_CHECKING:
    from oralcam.cli.keys import Keys
    from oralcam.cli.stopping import Stopping
    from oralcam.emulator import Emulator

LOOK_EVERY_S = 0.5  # has the firmware stopped?
NEXT_LOOK_S = 0.02  # is the last press done?
PRESS_TIMEOUT_S = 5.0
BODY_C = 34.0  # what the emulated tip starts with
STEP_C = 1.0


class Hand:
    """A hand that presses `count` times, or every `every_s` seconds, or both; both None: keys only."""

    def __init__(
        self,
        emulator: Emulator,
        *,
        count: int | None,
        every_s: float | None,
        duration_s: float | None,
        tip_c: float | None,
    ) -> None:
        now = time.monotonic()
        self._bench = emulator.bench
        self._every_s = every_s or 0.0
        self._left = count if count is not None else 0 if every_s is None else float("inf")
        self._next = now + self._every_s
        self._end = float("inf") if duration_s is None else now + duration_s
        self._wanted = 0
        self._pressed_at = now
        self._tip_c = BODY_C if tip_c is None else tip_c

    def follow(self, stopping: Stopping, keys: Keys | None) -> None:
        """Press until a signal, q, or the end of the time.

        Raises `EmulatorError` if the firmware has stopped.
        """
        watched: list[Stopping | Keys] = [stopping] if keys is None else [stopping, keys]
        while (now := time.monotonic()) < self._end:
            if self._left and now >= self._next and self._free(now):
                self._press()
                self._left -= 1
                self._next = max(self._next + self._every_s, time.monotonic())
            ready, _, _ = select.select(watched, [], [], self._patience())
            if stopping in ready or (keys is not None and keys in ready and not self._obey(keys.read())):
                return
            if self._bench.closed:
                raise EmulatorError(
                    "The emulated firmware stopped by itself; start it again and report this."
                )

    def _patience(self) -> float:
        now = time.monotonic()
        until = min(self._end, self._next if self._left else self._end) - now
        return min(max(until, 0.0 if self._free(now) else NEXT_LOOK_S), LOOK_EVERY_S)

    def _free(self, now: float) -> bool:
        """Tell whether the last press has become a photo, or never will.

        The camera refuses a hand that presses faster.
        """
        return self._answers() >= self._wanted or now - self._pressed_at > PRESS_TIMEOUT_S

    def _answers(self) -> int:
        return sum(1 for pattern in self._bench.shown if pattern != "stored")

    def _press(self) -> None:
        self._wanted = self._answers() + 1
        self._bench.press()
        self._pressed_at = time.monotonic()

    def _obey(self, hit: str) -> bool:
        """Do what the keys say; return False for q, and when the terminal is gone."""
        for key in hit:
            if key == " ":
                self._press()
            elif key in "+=-":
                self._tip_c += -STEP_C if key == "-" else STEP_C
                self._bench.set_tip_temperature(self._tip_c)
                aside(f"tip {self._tip_c:g} °C")
        return hit != "" and "q" not in hit
