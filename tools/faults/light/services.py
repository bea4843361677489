"""An hour of the whole application in virtual time: a host, a finger, faults in every call of the board's."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from camera_app.application import Application
from oralcam_protocol.wire.codec import (
    CaptureRequest,
    HelloReply,
    HelloRequest,
    LightRequest,
    SettingsRequest,
)
from oralcam_protocol.wire.codec import Settings as WireSettings
from oralcam_protocol.wire.enums import EventType, Kind, Opcode
from oralcam_protocol.wire.frame import Decoder, encode_frame
from tools.faults.light.board import CALLS, SILENT, Board
from tools.faults.light.faults import Weather, new_hardware
from tools.faults.light.hardware import HANG, LIE, NAK, RAISE
from tools.faults.light.judge import Judge
from tools.faults.runs.simulation.world import World

HOUR_S = 3600.0
TICK_S = 0.1
SETTLED_S = 0.45  # what changed so long ago, a check has seen
BOOT_S = 0.5
FIRST_ALARM = 32  # of LightAlarm; below it are LightLock's
HARD, SOFT = 3, 4  # ResetCause: watchdog, soft


class ServicesRun:
    """One seed."""

    def __init__(self, seed: str) -> None:
        self.world = World()
        self.hardware = new_hardware(seed)
        self.chance = self.hardware.chance
        self.world.now_s = self.hardware.now_s
        self.judge = Judge(self.hardware)
        self.weather = Weather(self.hardware, self.judge.clock_jumped)
        self._began_s = self.world.now_s
        self._content: dict[str, bytes] = {}
        self._changed_s = self.world.now_s
        self._reset_cause: int | None = None
        self._application: Application | None = None
        self._boot(1)
        self.world.at(self.world.now_s + TICK_S, self._tick)

    # -- power ---------------------------------------------------------------------------------------

    def _boot(self, cause: int) -> None:
        self._lock_told: int | None = None
        self._steady = False
        self._heard_s = self._changed_s = self.world.now_s
        self._session = 0
        self._id = 0
        self._decoder = Decoder()
        self.hardware.now_s = self.world.now_s
        self._board = Board(self.hardware, 20_000, self._content, cause)
        try:
            self._application = Application(self._board)
        except Exception:
            self._reset_cause = SOFT  # as main.py does
            return
        except SystemExit:
            return
        self._listen(self._application)
        self.world.create_task(self._application.run()).add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None and not self.hardware.hung:
            if "ticks" not in self.hardware.faults:  # without a clock it may, at its start
                self.judge.complain(f"the application ended: {task.exception()!r}")
            self._reset_cause = SOFT

    def _listen(self, application: Application) -> None:
        announce = application.events.announce

        def heard(type: int, at_us: int, *words: Any, **named: Any) -> None:
            announce(type, at_us, *words, **named)
            if type == EventType.LIGHT and named["code"] < FIRST_ALARM:
                self._lock_told = named["code"]

        application.events.announce = heard  # type: ignore[method-assign]

    def _reset(self, cause: int) -> None:
        self.hardware.hung = True
        self._application = None
        for _ in range(100):  # what is left of the boot may want to do something
            for task in asyncio.all_tasks(self.world):
                task.cancel()
            try:
                self.world.advance(0.0)
            except SystemExit:
                continue
            if not asyncio.all_tasks(self.world):
                break
        self.hardware.reset()
        self.judge.was_reset()
        if self.hardware.lit:
            self.judge.complain("light in reset")
        self._reset_cause = None
        self._advance(BOOT_S)
        self._boot(cause)

    # -- time ----------------------------------------------------------------------------------------

    def _tick(self) -> None:
        hardware = self.hardware
        self.judge.pass_time(TICK_S)
        hardware.now_s = self.world.now_s
        self.weather.pass_time()
        if hardware.watchdog_s is not None and hardware.now_s >= hardware.watchdog_s:
            self._reset_cause = HARD
            self.world.interrupt()
        self._judge()
        self.world.at(self.world.now_s + TICK_S, self._tick)

    def _judge(self) -> None:
        application, now_s = self._application, self.world.now_s
        if application is None or self.hardware.hung or now_s - self._changed_s < SETTLED_S:
            self.judge.look()
            return
        gone_s = now_s - self._heard_s if self._steady else HOUR_S
        lit_s = now_s - self.hardware.lit_since_s if self.hardware.lit else -1.0
        self.judge.after_check(application.lighting.lock, self._lock_told, 0.0, -1.0)
        if lit_s > 1.4 and gone_s > 3.6 and "ticks" not in self.hardware.faults:
            self.judge.complain(f"lit for {lit_s:.1f} s, {gone_s:.1f} s after the host was heard")

    def _advance(self, seconds: float) -> None:
        until_s = self.world.now_s + seconds
        while self.world.now_s < until_s - 1e-6 and self._reset_cause is None:
            try:
                self.world.advance(until_s - self.world.now_s)
            except SystemExit:  # it has stopped, or pulled its reset line
                if self.hardware.watchdog_s is None or "reset" in self._content:
                    self._reset_cause = SOFT
                self._stopped()

    def _stopped(self) -> None:
        self.judge.hung(self.world.now_s)
        self._application = None

    # -- who does something --------------------------------------------------------------------------

    def carry_out(self) -> list[str]:
        """The hour; what was not as it must be."""
        while self.world.now_s < self._began_s + HOUR_S and not self.judge.complaints:
            self._turn()
            self._advance(self.chance.choice((0.02, 0.2, 1.0, 5.0, 20.0)))
            if self._reset_cause is not None:
                self._reset(self._reset_cause)
        self.hardware.hung = True
        self.world.end()
        return self.judge.complaints

    def _turn(self) -> None:
        what = self.chance.randrange(12)
        if what < 2:
            self.weather.turn()
            self._changed_s = self.world.now_s
        elif what == 2:
            self._break()
        elif what < 5:
            self._light()
        elif what < 7:
            self._board.finger.move(self.chance.random() < 0.5)
        elif what == 7:
            self._ask(Opcode.CAPTURE, CaptureRequest(self.chance.choice((1, 1, 3, 9))).pack())
        elif what == 8:
            for _ in range(self.chance.choice((1, 3, 200))):
                self._ask(self.chance.choice((Opcode.HEARTBEAT, Opcode.HEALTH, Opcode.LIGHT_GET)), b"")
        elif what == 9:
            wire = WireSettings(self.chance.choice((100, 50_000, 100_000)), 1000, 85, 0)
            self._ask(Opcode.SETTINGS_APPLY, SettingsRequest(1, wire).pack())
        elif what == 10:
            self._goodbye()
        else:
            self._board.link.to_host.clear()  # the host reads now and then

    def _break(self) -> None:
        call = self.chance.choice(CALLS)
        kinds = (RAISE, NAK, LIE, SILENT, HANG) if call.startswith("sensor.") else (RAISE, NAK, LIE, HANG)
        self.hardware.faults[call] = self.chance.choices(kinds, (4, 2, 2, 4, 1)[: len(kinds)])[0]

    def _hello(self) -> None:
        link = self._board.link
        link.to_host.clear()
        self._decoder.reset()
        hello = HelloRequest(self.chance.getrandbits(32), 1, 1, 65_536, 4096)
        link.say(encode_frame(Kind.HELLO, payload=hello.pack()))
        self._advance(0.05)
        for frame in self._decoder.feed(bytes(link.to_host)):
            if frame.kind == Kind.HELLO:
                self._session = HelloReply.unpack(bytes(frame.payload)).session

    def _ask(self, opcode: int, payload: bytes) -> None:
        if not self._session:
            self._hello()
        if self._reset_cause is None and self._session:
            self._id = (self._id + 1) & 0xFFFF
            self._heard_s = self.world.now_s
            self._board.link.say(encode_frame(Kind.REQ, self._session, self._id, opcode, payload))

    def _light(self) -> None:
        levels = [self.chance.choice((0, 1, 600, 1000, 2000, 65_535)) for _ in range(3)]
        steady = self.chance.random() < 0.7
        self._ask(Opcode.LIGHT_SET, LightRequest(int(steady), levels).pack())
        self._changed_s = self.world.now_s
        if max(levels) <= 1000:
            self._steady = steady

    def _goodbye(self) -> None:
        self._ask(Opcode.GOODBYE, b"")
        self._session = 0
        self._steady = False
        self._changed_s = self.world.now_s


def simulate(seed: str) -> list[str]:
    """One hour; its complaints."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    return ServicesRun(seed).carry_out()
