"""The program of a real run: it saves the photo of every press, and takes some itself.

`python -m tools.faults.runs.real.program PORT SPOOL OUT SEED [--broken-acknowledgement]`. A line on standard
input tells it to `capture` or to `finish`; at its end a line of JSON tells what became of it.
"""

from __future__ import annotations

import json
import os
import random
import select
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from oralcam.camera import Camera
from oralcam.errors import DeviceDisconnected, OralcamError
from oralcam.link.deadlines import Deadlines
from tools.faults.runs.broken import acknowledge_too_early

FASTER = 4.0  # than the deadlines that suit people
LONGEST_CALL_S = 30.0
SLICE_S = 0.2
EMPTY_LOOKS = 2  # in a row, before the camera is believed to have no more


class Program:
    """One life."""

    def __init__(self, port: str, spool: Path, out: Path, seed: str) -> None:
        self._port = port
        self._spool = spool
        self._out = out
        self._chance = random.Random(seed)
        self._commands = b""
        self._finishing = False
        self._told_all = False
        self._captures = 0
        self.calls = 0
        self.failed: Counter[str] = Counter()
        self.trouble: list[str] = []
        self.reconnects = 0

    def run(self) -> None:
        """Until told to finish and the camera has no photo any more."""
        camera = self._open()
        if camera is None:
            return
        empty = 0
        while empty < EMPTY_LOOKS:
            self._listen()
            began_s = time.monotonic()
            try:
                found = self._one_call(camera)
                empty = 0 if found or not self._finishing else empty + 1
            except DeviceDisconnected as error:
                self.failed[error.code] += 1
                camera.wait_connected(1.0)
            except OralcamError as error:
                self.failed[error.code] += 1
            finally:
                self.calls += 1
                if time.monotonic() - began_s > LONGEST_CALL_S:
                    self.trouble.append(f"a call took {time.monotonic() - began_s:.0f} s")
        self.reconnects = camera.link_counters.reconnects
        camera.close()

    def _one_call(self, camera: Camera) -> bool:
        """True if the camera had something."""
        if self._captures:
            self._captures -= 1
            photo = camera.capture()
        else:
            found = camera.next_press(timeout=SLICE_S)
            if found is None:
                return bool(self._finishing and camera.health().photos_waiting)
            photo = found
        if self._chance.random() < 0.5:
            kind = "capture" if photo.press_number is None else "press"
            photo.save(self._out / f"{photo.capture_id}.{kind}.jpg")
        return True

    def _open(self) -> Camera | None:
        while True:
            self._listen()
            try:
                return Camera(self._port, spool=self._spool, deadlines=Deadlines().faster(FASTER))
            except OralcamError as error:
                self.failed[error.code] += 1
                time.sleep(SLICE_S)  # then it may be back: there is nothing to wait for but time

    def _listen(self) -> None:
        while not self._told_all and select.select([0], [], [], 0)[0]:
            data = os.read(0, 4096)
            if not data:
                self._told_all = self._finishing = True
            self._commands += data
            *lines, self._commands = self._commands.split(b"\n")
            self._captures += lines.count(b"capture")
            self._finishing = self._finishing or b"finish" in lines


def main(words: list[str]) -> None:
    """Entry point."""
    if "--broken-acknowledgement" in words:
        words.remove("--broken-acknowledgement")
        acknowledge_too_early()
    port, spool, out, seed = words
    descriptors = len(os.listdir("/proc/self/fd"))
    program = Program(port, Path(spool), Path(out), seed)
    program.run()
    left = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    if left:
        program.trouble.append(f"threads left over: {left}")
    if len(os.listdir("/proc/self/fd")) != descriptors:
        program.trouble.append("file descriptors left over")
    facts = {"calls": program.calls, "failed": program.failed, "trouble": program.trouble}
    print(json.dumps({**facts, "reconnects": program.reconnects}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
