"""The world around an emulated rig's pins: button, plug, ring and tip of an emulated camera."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from hil_tests.cameras.emulated_camera import TIP_C, EmulatedCamera
from oralcam.errors import OralcamError
from oralcam.lighting import ZONES

MV_PER_MA = 100  # of a photodiode in front of its zone: 2 V at full current
SPILL = 0.03  # what it sees of each neighbour
DARK_MV = 12  # what it shows in the dark
KELVIN_PER_S = 20.0  # a heating pad far better than a real one: nobody wants to wait
WARMEST_C = 60.0
STEP_S = 0.02


class World:
    """The world that serves one emulated rig over its channel until `close`."""

    def __init__(self, camera: EmulatedCamera, channel: socket.socket) -> None:
        self._camera = camera
        self._channel = channel
        self._writing = threading.Lock()
        self._heating = False
        self._closed = threading.Event()
        self._told: dict[str, object] = {}
        self.started = threading.Event()
        # a camera takes its time to start: the heater's relay must not wait for that
        hands = {word: ThreadPoolExecutor(1, f"oralcam-rig-{word}") for word in ("button", "power")}
        self._hands = tuple(hands.values())
        self._does: dict[str, Callable[[Any], object]] = {
            "started": lambda _: self.started.set(),
            "button": lambda pressed: hands["button"].submit(self._move_button, pressed),
            "power": lambda on: hands["power"].submit(self._switch_power, on),
            "heater": self._switch_heater,
        }
        self._look()
        self._threads = [
            threading.Thread(target=run, name=f"oralcam-rig-{name}", daemon=True)
            for name, run in (("listener", self._listen), ("watcher", self._watch))
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop serving: the rig has no power any more. Harmless when repeated."""
        self._closed.set()
        try:
            self._channel.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it hung up first
        for thread in self._threads:
            thread.join()
        for hand in self._hands:
            hand.shutdown()
        self._channel.close()

    # -- what the rig does ---------------------------------------------------------------------------

    def _listen(self) -> None:
        try:
            with self._channel.makefile("rb") as lines:
                for line in lines:
                    for word, value in json.loads(line).items():
                        self._does[word](value)
        except (OSError, ValueError):
            pass  # the process was killed, maybe in the middle of a line

    def _move_button(self, pressed: bool) -> None:
        bench = self._camera.emulator.bench
        try:
            if pressed:
                bench.button_down()
            else:
                bench.button_up()
        except OralcamError:
            pass  # it lost its power in this very moment, and is told when it is back
        self._say("button", pressed)

    def _switch_power(self, on: bool) -> None:
        try:
            if on:
                self._camera.emulator.plug_in()
            else:
                self._camera.emulator.unplug()
        except OralcamError:
            pass  # the bench is being closed
        self._say("power", on)

    def _switch_heater(self, on: bool) -> None:
        self._heating = on
        self._say("heater", on)

    # -- what the rig sees ---------------------------------------------------------------------------

    def _watch(self) -> None:
        bench = self._camera.emulator.bench
        seen: Mapping[str, float] = {}
        before = time.monotonic()
        while not self._closed.is_set():
            bench.wait_until(lambda bench: bench.ring_ma != seen or self._closed.is_set(), STEP_S)  # noqa: B023
            seen = bench.ring_ma
            now = time.monotonic()
            self._warm(now - before)
            before = now
            self._look()

    def _warm(self, passed_s: float) -> None:
        step = KELVIN_PER_S * passed_s
        tip_c = self._camera.tip_c
        tip_c = min(tip_c + step, WARMEST_C) if self._heating else max(tip_c - step, TIP_C)
        if tip_c != self._camera.tip_c:
            try:
                self._camera.warm(tip_c)
            except OralcamError:
                pass  # it lost its power in this very moment, and is told when it is back

    def _look(self) -> None:
        """Tell the rig what has changed."""
        self._tell("light", [millivolts(self._camera.emulator.bench.ring_ma, zone) for zone in ZONES])
        self._tell("temperature_mc", round(self._camera.tip_c * 1000))

    def _tell(self, word: str, value: object) -> None:
        if self._told.get(word) != value:
            self._told[word] = value
            self._say(word, value)

    def _say(self, word: str, value: object) -> None:
        try:
            with self._writing:
                self._channel.sendall((json.dumps({word: value}) + "\n").encode())
        except OSError:
            pass  # the rig has ended


def millivolts(ring_ma: Mapping[str, float], zone: str) -> int:
    """Return what the sensor in front of `zone` shows, in millivolts."""
    others = sum(current for name, current in ring_ma.items() if name != zone)
    return round(DARK_MV + MV_PER_MA * (ring_ma[zone] + SPILL * others))
