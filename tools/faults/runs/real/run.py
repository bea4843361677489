"""One real run: emulator, cable, program; faults, unplugs, resets and kills; then quiet, and the facts."""

from __future__ import annotations

import hashlib
import heapq
import json
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from oralcam.emulator import Emulator
from oralcam.emulator.scene import Exposure, Frame
from oralcam.errors import EmulatorError
from tools.faults.proxy.cable import Cable
from tools.faults.runs.plan import RunPlan
from tools.faults.runs.real.life import Life
from tools.faults.runs.verdict import Outcome

LARGEST_PHOTO = 200_000
END_S = 2.5
HOLD_S = 0.03
SEEN_S = 0.15  # a press that is over this long before a reset has been seen
FINISH_S = 40.0
CLOCK_JUMP_S = 90.0


class Noise:
    """A scene of photos that are all different, each of its own size."""

    def __init__(self, seed: str, largest: int) -> None:
        self._chance = random.Random(f"noise {seed}")
        self._largest = largest

    def expose(self, exposure: Exposure) -> Frame:
        """The next one."""
        del exposure
        return Frame(self._chance.randbytes(self._chance.randint(100, self._largest)), 640, 480)


class Run:
    """Everything of one run."""

    def __init__(self, plan: RunPlan, folder: Path, broken: bool) -> None:
        self._plan = plan
        self._folder = folder
        self._broken = broken
        self._chance = random.Random(f"real {plan.seed}")
        self._outcome = Outcome(plan.seed, plan.keeps_photos)
        self._pressed_s: list[float] = []
        self._blind: list[tuple[float, float]] = []
        self._resetting = threading.Lock()
        self._lives = 0
        self._timers: list[threading.Timer] = []

    def carry_out(self) -> Outcome:
        """The whole run."""
        plan, outcome = self._plan, self._outcome
        (self._folder / "saved").mkdir()
        with Emulator(
            scene=Noise(plan.seed, plan.largest_photo),
            store="flash" if plan.keeps_photos else "psram",
            store_bytes=plan.room,
            serial_number=f"RUN-{plan.seed}",
        ) as self._emulator:
            with Cable(
                self._emulator.port,
                plan.faults,
                on_reset=self._reset,
                on_clock_jump=self._emulator.bench.advance_clock,
            ) as self._cable:
                self._life = self._new_life()
                try:
                    self._play()
                    for timer in self._timers:
                        timer.join()
                    self._cable.heal()
                    self._cable.plug_in()
                    facts = self._life.finish(FINISH_S)
                except BaseException:
                    self._life.kill()
                    raise
                outcome.injected += self._cable.injected
            self._note(facts)
        return outcome

    def _new_life(self) -> Life:
        self._lives += 1
        return Life(self._cable.port, self._folder, f"{self._plan.seed} {self._lives}", self._broken)

    def _play(self) -> None:
        """What the plan says, when it says it. (This is the clock of the run, not a wait for something.)"""
        plan = self._plan
        happenings: list[tuple[float, int, Callable[[], None]]] = []
        for moments, happening in (
            (plan.presses, self._press),
            (plan.captures, lambda: self._life.tell("capture")),
            (plan.resets, self._reset),
            (plan.unplugs, self._unplug),
            (plan.clock_jumps, lambda: self._emulator.bench.advance_clock(CLOCK_JUMP_S)),
            (tuple(part * plan.end_s for part in plan.kills), self._kill),
        ):
            for moment in moments:
                heapq.heappush(happenings, (moment, len(happenings), happening))
        began_s = time.monotonic()
        while happenings:
            moment, _, happening = heapq.heappop(happenings)
            time.sleep(max(0.0, began_s + moment - time.monotonic()))
            try:
                happening()
            except EmulatorError:
                pass  # it has no power at this moment: nothing comes of it
        time.sleep(max(0.0, began_s + plan.end_s - time.monotonic()))

    # -- what happens --------------------------------------------------------------------------------

    def _press(self) -> None:
        self._pressed_s.append(time.monotonic())
        self._emulator.bench.press(hold_s=HOLD_S)

    def _reset(self) -> None:
        with self._resetting:  # a fault and the plan may want it at the same time
            begin_s = time.monotonic()
            self._outcome.resets += 1
            self._emulator.reset()
            self._blind.append((begin_s, time.monotonic()))

    def _unplug(self) -> None:
        self._outcome.injected["unplug"] += 1
        self._cable.pull()
        timer = threading.Timer(self._chance.uniform(0.05, 0.6), self._cable.plug_in)
        timer.start()
        self._timers.append(timer)

    def _kill(self) -> None:
        self._outcome.kills += 1
        self._life.kill()
        self._life = self._new_life()

    # -- what came of it -----------------------------------------------------------------------------

    def _note(self, facts: dict[str, object]) -> None:
        outcome, bench = self._outcome, self._emulator.bench
        outcome.trouble += facts["trouble"]  # type: ignore[arg-type]
        outcome.calls = int(str(facts.get("calls", 0)))
        outcome.reconnects = int(str(facts.get("reconnects", 0)))
        outcome.failed_calls.update(facts.get("failed", {}))  # type: ignore[call-overload]
        outcome.accepted = bench.accepted
        outcome.refused = bench.shown.count("refused")
        outcome.presses = len(self._pressed_s)
        outcome.unseen_presses = sum(
            any(begin_s - SEEN_S <= moment <= end_s for begin_s, end_s in self._blind)
            for moment in self._pressed_s
        )
        outcome.power_cuts = len(self._blind)
        outcome.injected["reset"] = outcome.resets
        outcome.injected["kill"] = outcome.kills
        self._look_into_folders()

    def _look_into_folders(self) -> None:
        outcome = self._outcome
        saved = {path.stat().st_ino for path in (self._folder / "saved").glob("*.jpg")}
        for name, photos in (("spool", outcome.spooled), ("saved", outcome.saved)):
            for path in sorted((self._folder / name).glob("*.jpg")):
                number = _number(path)
                photos.append((number, hashlib.sha256(path.read_bytes()).hexdigest()))
                if name == "spool" and path.stat().st_ino in saved:
                    outcome.half_saved.add(number)  # killed between linking it there and leaving
        for path in (self._folder / "spool").glob("*.lost"):
            outcome.lost.append(_number(path))
            outcome.lost_presses += json.loads(path.read_bytes())["press_number"] is not None
        outcome.pressed_photos = len(
            {_number(path) for path in (self._folder / "saved").glob("*.press.jpg")}
            | {
                _number(path)
                for path in (self._folder / "spool").glob("*.json")
                if json.loads(path.read_bytes())["press_number"] is not None
                and path.with_suffix(".jpg").exists()
            }
        )


def _number(path: Path) -> int:
    """The camera's number of a capture, from any file of it."""
    return int(path.name.partition(".")[0].split("-")[2])


def carry_out(plan: RunPlan, broken: bool) -> Outcome:
    """Carry out a plan; whatever is left over of it afterwards is trouble."""
    threads, descriptors = set(threading.enumerate()), set(os.listdir("/proc/self/fd"))
    with tempfile.TemporaryDirectory(prefix="oralcam-run-") as folder:
        outcome = Run(plan, Path(folder), broken).carry_out()
    left = [thread.name for thread in set(threading.enumerate()) - threads]
    if left:
        outcome.trouble.append(f"threads left over: {left}")
    if len(os.listdir("/proc/self/fd")) > len(descriptors):
        outcome.trouble.append("file descriptors left over")
    return outcome
