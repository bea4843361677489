"""One simulated run: a camera, a cable, a computer, what the plan does to them; then quiet, and the facts."""

from __future__ import annotations

import hashlib
import json
import random

from oralcam.camera import Camera as SdkCamera
from oralcam.errors import CameraNotFound, DeviceDisconnected, NotACamera, OralcamError, PortNotFound
from oralcam.spool import Spool
from tools.faults.proxy.faults import Fault
from tools.faults.proxy.stream import FaultyStream
from tools.faults.runs.plan import RunPlan
from tools.faults.runs.simulation.board import Remains
from tools.faults.runs.simulation.cable import NAME, Cable
from tools.faults.runs.simulation.camera import Camera
from tools.faults.runs.simulation.computer import Computer, Killed
from tools.faults.runs.simulation.disk import MemoryDisk
from tools.faults.runs.simulation.world import World
from tools.faults.runs.verdict import Outcome

LARGEST_PHOTO = 20_000
HOLD_S = 0.05
SEEN_S = 0.06  # a press that is over this long before a reset has been seen
STEPS_OF_A_LIFE = 400  # about as many as a run's program takes
LONGEST_CALL_S = 90.0
LONGEST_AFTERMATH_S = 300.0
RESTART_S = 0.4
CLOCK_JUMP_S = 90.0  # several at once stay below half a wrap of the camera's counter


class Run:
    """Everything of one run."""

    def __init__(self, plan: RunPlan) -> None:
        self.plan = plan
        self.chance = random.Random(f"simulation {plan.seed}")
        self.world = World()
        # some runs see the camera's microsecond counter wrap
        self.world.now_s = 1073.741824 - self.chance.uniform(0, 2 * plan.end_s) + self.chance.choice((0, 500))
        self.start_s = self.world.now_s
        self.outcome = Outcome(plan.seed, plan.keeps_photos)
        self.cable = Cable(self.world, plan.faults, self._carry_out)
        self.remains = Remains(
            self.chance,
            keeps_photos=plan.keeps_photos,
            largest_photo=plan.largest_photo,
            room=plan.room,
        )
        self.remains.writes_until_cut = list(plan.cut_writes)
        self.camera = Camera(self.world, self.cable, self.remains, lambda: self.chance.uniform(0.05, 0.6))
        self.disk = MemoryDisk()
        self.pressed_at: list[float] = []
        self._schedule()

    def _schedule(self) -> None:
        start_s, plan = self.start_s, self.plan
        for moment in plan.presses:
            self.world.at(start_s + moment, self._press)
        for moment in plan.resets:
            self.world.at(start_s + moment, self.camera.reset)
        for moment in plan.unplugs:
            self.world.at(start_s + moment, self._unplug)
        for moment in plan.clock_jumps:
            self.world.at(start_s + moment, lambda: self.camera.push_clock(CLOCK_JUMP_S))
        self.world.at(start_s + plan.end_s, self._heal)

    def _press(self) -> None:
        self.pressed_at.append(self.world.now_s)
        self.camera.press(HOLD_S)

    def _unplug(self) -> None:
        """The cable, not the camera: it runs on, as one with a battery or behind a hub does."""
        self.outcome.injected["unplug"] += 1
        self.cable.pull()
        self.world.at(self.world.now_s + self.chance.uniform(0.05, 1.0), self._plug_in)

    def _plug_in(self) -> None:
        if self.camera.powered:
            self.cable.plug_in()

    def _carry_out(self, fault: Fault) -> None:
        if fault.kind == "reset":
            self.camera.reset()
        elif fault.kind == "cut":
            self._unplug()
        elif fault.kind == "clock_jump":
            self.camera.push_clock(fault.seconds)

    def _heal(self) -> None:
        """The bad contact is repaired; whatever was begun must come to its end now."""
        for stream in (self.cable.up, self.cable.down):
            self.outcome.injected += stream.injected
        self.cable.up, self.cable.down = FaultyStream([], "up"), FaultyStream([], "down")
        self.remains.writes_until_cut.clear()

    # -- the host's program --------------------------------------------------------------------------

    def carry_out(self) -> Outcome:
        """The whole run."""
        kills = list(self.plan.kills)
        while True:
            steps = round(kills.pop(0) * STEPS_OF_A_LIFE) + 1 if kills else 1 << 60
            computer = Computer(self.cable, self.disk, self.chance, steps)
            try:
                self._live(computer)
                break
            except Killed:
                self.outcome.kills += 1
                if self.chance.random() < 0.3:
                    self.disk.lose_power(self.chance)
                self.world.advance(RESTART_S)
        return self._facts()

    def _live(self, computer: Computer) -> None:
        """The program from its start to its end."""
        camera = self._open(computer)
        if camera is None:
            return
        captures = [self.start_s + moment for moment in self.plan.captures]
        while not self._done():
            if self.world.now_s - self.start_s > self.plan.end_s + LONGEST_AFTERMATH_S:
                self.outcome.trouble.append("photos never left the camera")
                break
            began_s = self.world.now_s
            try:
                if captures and captures[0] <= began_s:
                    captures.pop(0)
                    photo = camera.capture()
                else:
                    found = camera.next_press(timeout=0.5)
                    if found is None:
                        continue
                    photo = found
                self._save(photo.capture_id)
            except DeviceDisconnected as error:
                self._note(error)
                camera.wait_connected(2.0)
            except OralcamError as error:
                self._note(error)
            finally:
                self.outcome.calls += 1
                if self.world.now_s - began_s > LONGEST_CALL_S:
                    self.outcome.trouble.append(f"a call took {self.world.now_s - began_s:.0f} s")
        self.outcome.reconnects += camera.link_counters.reconnects
        camera.close()
        if camera.down is None:
            self.outcome.trouble.append("closed and not down")

    def _open(self, computer: Computer) -> SdkCamera | None:
        while self.world.now_s - self.start_s < self.plan.end_s + LONGEST_AFTERMATH_S:
            try:
                return SdkCamera(NAME, spool=Spool(self.disk), host=computer)
            except (PortNotFound, NotACamera, CameraNotFound, OralcamError) as error:
                self._note(error)
                computer.sleep(0.1)
        self.outcome.trouble.append("the camera never came back")
        return None

    def _note(self, error: OralcamError) -> None:
        self.outcome.failed_calls[error.code] += 1

    def _save(self, capture_id: str) -> None:
        """What `Photo.save` does: copy, then leave. Some photos stay in the spool."""
        number = int(capture_id.rpartition("-")[2])
        if self.chance.random() < 0.5:
            return
        sha256 = hashlib.sha256(self.disk.read(f"{capture_id}.jpg")).hexdigest()
        self.outcome.saved.append((number, sha256))
        self.outcome.half_saved.add(number)
        self.disk.remove(f"{capture_id}.jpg")
        self.disk.remove(f"{capture_id}.json")
        self.outcome.half_saved.discard(number)

    def _done(self) -> bool:
        over = self.world.now_s > self.start_s + self.plan.end_s + 1.0
        return over and self.camera.powered and not self.camera.busy and not self.camera.photos_held

    # -- what came of it -----------------------------------------------------------------------------

    def _facts(self) -> Outcome:
        outcome = self.outcome
        outcome.accepted = self.remains.accepted
        for name, data in self.disk.files.items():
            number = int(name.partition(".")[0].split("-")[2])
            if name.endswith(".jpg"):
                outcome.spooled.append((number, hashlib.sha256(data).hexdigest()))
            elif name.endswith(".lost"):
                outcome.lost.append(number)
                outcome.lost_presses += json.loads(data)["press_number"] is not None
        outcome.presses = len(self.pressed_at)
        outcome.unseen_presses = sum(
            any(begin_s - SEEN_S <= moment <= end_s for begin_s, end_s in self.camera.blind)
            for moment in self.pressed_at
        )
        outcome.refused = self.remains.shown.count("refused")
        kept = {number for number, _ in outcome.spooled + outcome.saved}
        outcome.pressed_photos = len(kept & self.remains.pressed)
        outcome.resets = self.camera.resets
        outcome.power_cuts = len(self.plan.cut_writes)
        outcome.injected["reset"] += self.camera.resets
        outcome.injected["kill"] += outcome.kills
        outcome.trouble += self.camera.trouble
        self.world.end()
        return outcome


def simulate(plan: RunPlan) -> Outcome:
    """Carry out a plan."""
    return Run(plan).carry_out()
