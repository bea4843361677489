"""The bench side of the emulator: a hand on the button, a tip to warm, a clock to push, eyes on the light.

It talks to the emulated board over a channel of its own, never over the product's protocol.
"""

from __future__ import annotations

import hashlib
import json
import select
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from oralcam.emulator.boards import FrameMemory
from oralcam.emulator.hand import Hand
from oralcam.emulator.hardware import Hardware
from oralcam.emulator.scene import Exposure, Scene
from oralcam.errors import EmulatorError, OralcamError

ANSWER_TIMEOUT_S = 60.0  # a machine may be busy
NOTICE_TIMEOUT_S = 2.0  # a board that hangs notices nothing
UNREAD_S = 0.5  # a feed that has arrived and was not read yet is no hunger


class Bench(Hand):
    """Controls and observations of one emulated board."""

    def __init__(self, scene: Scene, frame_file: FrameMemory) -> None:
        """Internal: use `Emulator.bench`."""  # noqa: D401
        self._scene = scene
        self._frame_file = frame_file
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._channel: socket.socket | None = None
        self._cut: socket.socket | None = None  # of a board that is losing its power now
        self._listener: threading.Thread | None = None
        self._exposing: threading.Thread | None = None
        self._started = False
        self._closed = False
        self._set: dict[str, object] = {}  # what stays as it is when the board is reset
        self._button: bool | None = None  # as the board has noticed it
        self._hardware = Hardware()
        self._ended = False
        self._resetting = False
        self._resets: list[str] = []
        self._shown: list[str] = []
        self._sensing = threading.Lock()
        self._ordered = 0
        self._exposures = 0
        self._exposed = ""  # SHA-256 of the last frame
        self._accepted: dict[int, str] = {}

    def _attach(self, channel: socket.socket) -> None:
        """Take the channel of a board that has been switched on."""
        with self._changed:
            self._channel = channel
            self._started = self._closed = False
            self._button = None
            self._resetting = False
            self._hardware.power_off()
        self._listener = threading.Thread(
            target=self._listen, args=(channel,), name="oralcam-bench", daemon=True
        )
        self._listener.start()
        for word, value in list(self._set.items()):  # a hand may be at it meanwhile
            self._say_quietly(word, value)

    def _power_lost(self) -> None:
        """Tell the board nothing from here on; the next one is told what a hand does meanwhile."""
        if self._channel is not None:
            self._cut, self._channel = self._channel, None

    def _detach(self) -> None:
        """Let go of a board without power: its light is out."""
        self._power_lost()
        channel, self._cut = self._cut, None
        if channel is not None:
            try:
                channel.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it hung up first
            if self._listener is not None and threading.current_thread() is not self._listener:
                self._listener.join()
            channel.close()
        with self._changed:
            self._hardware.power_off()
            self._closed = False  # on purpose: that is not what `closed` tells
            self._changed.notify_all()

    def wait_exposed(self) -> None:
        """Return when the sensor of a board without power has come to its end."""
        if self._exposing is not None and threading.current_thread() is not self._exposing:
            self._exposing.join()  # (a scene may pull the plug itself)

    def end(self) -> None:
        """There will be no more boards: `wait_reset` returns."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def wait_reset(self) -> str | None:
        """Wait until a board's watchdog or its firmware pulls the reset line; why, None after `end`.

        The board is dark from that moment on; whoever waits switches it off and on.
        """
        with self._changed:
            while not self._ended:
                now_s = time.monotonic()
                cause = self._hardware.reset_cause(now_s) if self._started else None
                if cause == "watchdog" and self._unread():
                    self._changed.wait(UNREAD_S)
                elif cause is not None:
                    self._hardware.power_off()
                    self._resetting = True
                    self._resets.append(cause)
                    self._changed.notify_all()
                    return cause
                else:
                    self._changed.wait(self._hardware.next_look_s(now_s) if self._started else None)
            return None

    def _unread(self) -> bool:
        """Has the board said something that the listener has not come to yet?"""
        channel = self._channel
        return channel is not None and bool(select.select([channel], [], [], 0)[0])

    # -- what a hand does: see hand.py ------------------------------------------------------------

    def _powered(self) -> bool:
        return self._channel is not None

    def _move_button(self, pressed: bool) -> None:
        """Move the button and return when the board has noticed.

        A busy board would take two edges at once for a bounce.
        """
        self._keep("button", pressed)
        self.wait_until(lambda bench: bench._button is pressed or bench._channel is None, NOTICE_TIMEOUT_S)

    # -- what eyes see -------------------------------------------------------------------------------

    @property
    def ring_ma(self) -> dict[str, float]:
        """The current of each zone of the ring now, in milliamperes."""
        with self._changed:
            return self._hardware.ring_ma

    @property
    def resets(self) -> list[str]:
        """Why the board was reset by its own hardware or firmware so far: "watchdog" or "soft"."""
        with self._changed:
            return list(self._resets)

    @property
    def shown(self) -> list[str]:
        """What the indicator has shown so far."""
        with self._changed:
            return list(self._shown)

    @property
    def exposures(self) -> int:
        """How many frames the sensor has exposed."""
        with self._changed:
            return self._exposures

    @property
    def accepted(self) -> dict[int, str]:
        """The photos that came into the board's store so far: SHA-256 (hexadecimal) by capture number."""
        with self._changed:
            return dict(self._accepted)

    def wait_until(self, condition: Callable[[Bench], bool], timeout: float = ANSWER_TIMEOUT_S) -> bool:
        """Wait until an observation makes `condition` true; return False after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not condition(self):
                left = deadline - time.monotonic()
                if left <= 0 or self._closed:
                    return False
                self._changed.wait(left)
            return True

    @property
    def started(self) -> bool:
        """True once the firmware's application runs."""
        return self._started

    @property
    def closed(self) -> bool:
        """True once the firmware has hung up by itself."""
        return self._closed

    # -- the channel ---------------------------------------------------------------------------------

    def _keep(self, word: str, value: object) -> None:
        """Keep what is so with the power off too, and tell it to the board when it is back."""
        self._set[word] = value
        try:
            if self._channel is not None:
                self._say(word, value)
        except EmulatorError:
            if self._channel is not None:
                raise  # else it lost its power in this very moment

    def _say(self, word: str, value: object) -> None:
        channel = self._channel
        if channel is None:
            raise EmulatorError("The emulated camera is not plugged in.")
        try:
            with self._writing:
                channel.sendall((json.dumps({word: value}) + "\n").encode())
        except OSError as error:
            raise EmulatorError("The emulator has stopped; start a new one.") from error

    def _listen(self, channel: socket.socket) -> None:
        try:
            with channel.makefile("rb") as lines:
                for line in lines:
                    for word, value in json.loads(line).items():
                        self._hear(word, value)
        except (OSError, ValueError):
            pass  # the process was killed in the middle of a line
        with self._changed:
            # (a board that resets itself hangs up as well, and comes back; one that never started does not)
            resets = self._started and (self._resetting or self._hardware.reset_cause(0.0) is not None)
            self._closed = self._channel is channel and not resets
            self._changed.notify_all()

    def _hear(self, word: str, value: Any) -> None:
        if word == "expose":
            exposure = Exposure(
                light_ma=self.ring_ma,
                exposure_us=value["exposure_us"],
                gain=value["gain_milli"] / 1000,
                jpeg_quality=value["jpeg_quality"],
            )
            self._exposing = threading.Thread(
                target=self._answer,
                args=(value["number"], exposure, self._channel),
                name="oralcam-sensor",
                daemon=True,
            )
            self._ordered = value["number"]
            self._exposing.start()  # beside the listener: a slow scene must not keep it from the button
            return
        with self._changed:
            if self._hardware.hear(word, value, time.monotonic()):
                if word == "feed":
                    return  # nobody waits for that
            elif word == "show":
                self._shown.append(value)
            elif word == "button":
                self._button = value
            elif word == "accepted":
                self._accepted[value] = self._exposed
            elif word == "started":
                self._started = True
            self._changed.notify_all()

    def _say_quietly(self, word: str, value: object) -> None:
        try:
            self._say(word, value)
        except EmulatorError:
            pass  # the firmware was stopped while the sensor was exposing

    def _answer(self, number: int, exposure: Exposure, channel: socket.socket | None) -> None:
        with self._sensing:  # one after the other: the frame file is one
            if channel is self._channel and number != self._ordered:
                return  # the board has given it up and ordered another
            frame = {"number": number, **self._expose(exposure, channel)}
        with self._changed:
            self._exposures += 1
            self._changed.notify_all()
        if channel is self._channel:
            self._say_quietly("frame", frame)

    def _expose(self, exposure: Exposure, channel: socket.socket | None) -> dict[str, Any]:
        try:
            frame = self._scene.expose(exposure)
            if channel is self._channel:  # else that board is gone, and the file is the next one's
                self._frame_file.write_bytes(frame.jpeg)
                self._exposed = hashlib.sha256(frame.jpeg).hexdigest()
        except (OralcamError, OSError) as error:
            return {"error": str(error)}
        return {"size": len(frame.jpeg), "width": frame.width, "height": frame.height}
