"""What the emulated board's hardware does without its firmware: the light, the watchdog, the reset line."""

from __future__ import annotations

from collections.abc import Sequence

from oralcam.emulator.scene.exposure import ZONES


class Hardware:
    """Sees pins and bus transfers, never what the firmware believes. Times are seconds of a steady clock.

    The ring is lit while the enable line is high, with the currents that the driver was given last; the line
    is low in reset, and the driver forgets. A watchdog that was started resets the board unless it is fed.
    """

    def __init__(self) -> None:
        self.power_off()

    def power_off(self) -> None:
        """Without power, and in reset, everything is as it is at the start."""
        self._enabled = False
        self._currents_ua = [0] * len(ZONES)
        self._timeout_s: float | None = None
        self._deadline_s = 0.0
        self._reset_line = False

    def hear(self, word: str, value: object, now_s: float) -> bool:
        """Take a word of the board's; False if it is none of the hardware's."""
        if word == "enable":
            self._enabled = bool(value)
        elif word == "ring" and isinstance(value, Sequence):
            self._currents_ua = [int(current) for current in value]
        elif word == "watchdog" and isinstance(value, (int, float)):
            self._timeout_s = value / 1000
            self._deadline_s = now_s + self._timeout_s
        elif word == "feed":
            if self._timeout_s is not None:
                self._deadline_s = now_s + self._timeout_s
        elif word == "reset":
            self._reset_line = True
        else:
            return False
        return True

    @property
    def ring_ma(self) -> dict[str, float]:
        """Current of each zone of the ring now, milliamperes."""
        lit = self._currents_ua if self._enabled else [0] * len(ZONES)
        return {zone: current / 1000 for zone, current in zip(ZONES, lit, strict=True)}

    def reset_cause(self, now_s: float) -> str | None:
        """Why the board must be reset now (`Emulator.reset`); None if it need not be."""
        if self._reset_line:
            return "soft"
        if self._timeout_s is not None and now_s >= self._deadline_s:
            return "watchdog"
        return None

    def next_look_s(self, now_s: float) -> float | None:
        """In how many seconds `reset_cause` may have something to say by itself; None: when it hears more."""
        return None if self._timeout_s is None else max(0.0, self._deadline_s - now_s)
