"""A camera on the bare-metal board, its host, and what is known of both when the power has failed."""

from __future__ import annotations

import hashlib
import os
import random
import threading
import time
from pathlib import Path

from oralcam.camera import Camera
from oralcam.emulator import Emulator
from oralcam.emulator.boards import QemuArmBoard
from oralcam.emulator.scene import Exposure, Frame
from oralcam.errors import EmulatorError, OralcamError
from oralcam.link.deadlines import Deadlines
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from tools.faults.power_cuts.flash_check import FlashCheck
from tools.faults.runs.verdict import Outcome, judge

FASTER = 4.0  # than the deadlines that suit people
LARGEST_PHOTO = 6000
LOOK_S = 0.3
QUIET_LOOKS = 2  # in a row, before the camera is believed to have no more photos


class Noise:
    """A scene of photos that are all different: a number that comes twice shows."""

    def __init__(self, seed: str) -> None:
        self._chance = random.Random(f"noise {seed}")
        self.seen: set[str] = set()  # SHA-256 of each

    def expose(self, exposure: Exposure) -> Frame:
        """The next one."""
        del exposure
        jpeg = self._chance.randbytes(self._chance.randint(100, LARGEST_PHOTO))
        self.seen.add(hashlib.sha256(jpeg).hexdigest())
        return Frame(jpeg, 640, 480)


class CutCamera:
    """The camera with its host's spool below `folder`. Runs from construction to `close`."""

    def __init__(self, board: str, folder: Path, seed: str) -> None:
        self._spool = folder / "spool"
        self._seed = seed
        self._check = FlashCheck()
        self._first: dict[int, str] = {}  # what each number was when it was given out
        self.presses = 0
        self.cuts = 0
        self.trouble: list[str] = []
        self._scene = Noise(seed)
        self.emulator = Emulator(
            scene=self._scene,
            store="flash",
            state=folder / "state",
            board=board,
            serial_number=f"CUT-{seed}",
        )
        assert isinstance(self.emulator.board, QemuArmBoard)
        self.board = self.emulator.board

    def close(self) -> None:
        """Pull the plug for good."""
        self.emulator.close()

    # -- power ---------------------------------------------------------------------------------------

    def power_on(self) -> bool:
        """False if the power failed before the application was up."""
        try:
            self.emulator.plug_in()
        except EmulatorError:
            return False
        return True

    def power_failed(self, formatted: bool = True) -> None:
        """Look at what the flash was left with, if it must be formatted, and whether a number came twice."""
        self.cuts += 1
        self.emulator.unplug()
        if formatted:
            self.trouble += self._check.trouble_in(self.board.memory.flash())
        for number, sha256 in self.emulator.bench.accepted.items():
            if self._first.setdefault(number, sha256) != sha256:
                self.trouble.append(f"Capture {number} came twice.")

    def cut_after(self, delay_s: float) -> threading.Thread:
        """Kill the machine so long after it has been switched on, which comes next."""
        killer = threading.Thread(target=self._kill_after, args=(delay_s,), name="power cut", daemon=True)
        killer.start()
        return killer

    def _kill_after(self, delay_s: float) -> None:
        deadline_s = time.monotonic() + 10
        while time.monotonic() < deadline_s:
            try:
                pid = self.emulator.pid
                break
            except EmulatorError:
                time.sleep(0.001)  # not switched on yet
        time.sleep(delay_s)  # the moment itself, not a wait for something
        try:
            os.kill(pid, 9)
        except ProcessLookupError:
            pass  # it has ended by itself

    # -- use -----------------------------------------------------------------------------------------

    def use(self, chance: random.Random) -> None:
        """Press, capture and fetch until the power fails."""
        try:
            with self._opened() as camera:
                while not self.emulator.bench.closed:
                    if chance.random() < 0.6:
                        self.press()
                    else:
                        camera.capture()
                    camera.next_press(timeout=LOOK_S)
        except OralcamError:
            pass  # the power has failed

    def press(self) -> None:
        """Press the button once."""
        self.presses += 1
        self.emulator.bench.press()

    def capture(self) -> None:
        """Take a photo as a program does, and ask how the camera is. Raises `OralcamError`."""
        with self._opened() as camera:
            camera.capture()
            camera.health()

    def fetch_all(self) -> None:
        """Bring in what the camera holds, its reports of losses too. Raises `OralcamError`."""
        quiet = 0
        with self._opened() as camera:
            while quiet < QUIET_LOOKS:
                waits = camera.next_press(timeout=LOOK_S) is not None or camera.health().photos_waiting > 0
                quiet = 0 if waits else quiet + 1

    def _opened(self) -> Camera:
        return Camera(self.emulator.port, spool=self._spool, deadlines=Deadlines().faster(FASTER))

    # -- what came of it -----------------------------------------------------------------------------

    def complaints(self) -> list[str]:
        """What was not as it must be, when everything has been fetched; empty if all is well."""
        bench, contents = self.emulator.bench, contents_of(Spool(self._spool))
        told, refused = bench.accepted, bench.shown.count("refused")
        lost = [_number(loss.capture_id) for loss in contents.losses]
        spooled = [
            (_number(photo.capture_id), hashlib.sha256(photo.read()).hexdigest()) for photo in contents.photos
        ]
        # the power may fail when a photo is in the store, before that has been told
        untold = {number: sha256 for number, sha256 in spooled if sha256 in self._scene.seen}
        accepted = {**untold, **told}
        outcome = Outcome(
            seed=self._seed,
            keeps_photos=True,
            accepted=accepted,
            spooled=spooled,
            lost=lost,
            presses=self.presses,
            unseen_presses=self.cuts,  # at most one each
            refused=refused,
            pressed_photos=sum(photo.description["press_number"] is not None for photo in contents.photos),
            lost_presses=sum(loss.press_number is not None for loss in contents.losses),
            power_cuts=self.cuts,
        )
        complaints = self.trouble + list(judge(outcome).complaints)
        if bench.exposures > len(accepted) + len(lost) + refused:
            complaints.append(
                f"{bench.exposures} exposures became {len(accepted)} photos, {len(lost)} reported losses and "
                f"{refused} refusals: some vanished silently."
            )
        if list(told) != sorted(told):
            complaints.append(f"Capture numbers do not rise: {list(told)}.")
        pressed = {
            _number(photo.capture_id): photo.description["press_number"]
            for photo in contents.photos
            if photo.description["press_number"] is not None
        }
        numbers = [pressed[number] for number in sorted(pressed)]
        if numbers != sorted(set(numbers)):
            complaints.append(f"Press numbers do not rise: {numbers}.")
        return complaints


def _number(capture_id: str) -> int:
    return int(capture_id.rpartition("-")[2])
