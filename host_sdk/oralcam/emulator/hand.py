"""What a hand does at the bench: it presses the button, warms the tip, breaks parts."""

from __future__ import annotations

import time

from oralcam.errors import EmulatorError

HOLD_S = 0.02  # the shortest press and the shortest pause that the firmware's debounce lets through


class Hand:
    """Half of a `Bench`; the other half carries out what is said and kept here."""

    def press(self, times: int = 1, *, hold_s: float = HOLD_S) -> None:
        """Press the capture button for `hold_s` seconds, then let go for longer than a bounce.

        Raises `EmulatorError` if the camera has no power: nothing would come of it.
        """
        if not self._powered():
            raise EmulatorError("The emulated camera is not plugged in: a press does nothing.")
        for _ in range(times):
            self.button_down()
            time.sleep(hold_s)  # the press itself, not a wait for something
            self.button_up()
            time.sleep(HOLD_S)

    def button_down(self) -> None:
        """Hold the capture button down."""
        self._move_button(True)

    def button_up(self) -> None:
        """Let go of the capture button."""
        self._move_button(False)

    def set_tip_temperature(self, celsius: float | None) -> None:
        """Warm or cool the tip; None takes its sensor away."""
        self._keep("tip_temperature_mc", None if celsius is None else round(celsius * 1000))

    def set_second_temperature(self, celsius: float | None) -> None:
        """Warm or cool the tip's second thermometer, which is there from now on; None takes it away."""
        self._keep("second_temperature_mc", None if celsius is None else round(celsius * 1000))

    def set_die_temperature(self, celsius: float | None) -> None:
        """Warm or cool the hottest chip; None: it cannot be measured, which is so at first."""
        self._keep("die_temperature_mc", None if celsius is None else round(celsius * 1000))

    def dock(self, docked: bool = True) -> None:
        """Put the handpiece into its dock, or take it out."""
        self._keep("docked", int(docked))

    def suspend(self, suspended: bool = True) -> None:
        """Suspend the USB bus, or resume it."""
        self._keep("suspended", int(suspended))

    def break_leds(self, faults: int) -> None:
        """Have the ring's driver report faults, bits of the firmware's `hal.Ring`: 1 open, 2 short, 4 hot."""
        self._keep("ring_faults", faults)

    def break_call(self, call: str, kind: str) -> None:
        """Break a call of the board's, such as "ring.apply", until its next reset or `mend_call`.

        `kind` is raise, nak, hang (the firmware stops there), silent (a coroutine never returns) or lie. The
        call "loop" is none: it stops the firmware at once, wherever it is.
        """
        self._say("fault", [call, kind])

    def mend_call(self, call: str) -> None:
        """Mend what `break_call` has broken."""
        self._say("fault", [call, None])

    def set_supply(self, volts: float) -> None:
        """Change the supply voltage."""
        self._keep("supply_mv", round(volts * 1000))

    def break_sensor(self, broken: bool = True) -> None:
        """Disconnect the image sensor, or connect it again."""
        self._keep("sensor", "broken" if broken else "ok")

    def advance_clock(self, seconds: float) -> None:
        """Push the board's clock ahead, at most 500 s at once (half a wrap of its counter)."""
        if not 0 <= seconds <= 500:
            raise ValueError("the board's clock can be pushed by 0 to 500 s at once")
        self._say("clock_us", round(seconds * 1e6))

    def _powered(self) -> bool:
        raise NotImplementedError

    def _move_button(self, pressed: bool) -> None:
        raise NotImplementedError

    def _keep(self, word: str, value: object) -> None:
        raise NotImplementedError

    def _say(self, word: str, value: object) -> None:
        raise NotImplementedError
