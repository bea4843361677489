"""Run by memory.py in a process of its own: `python -m tools.benchmarks.memory_probe PORT SPOOL`.

Takes two photos that wait on the camera. Around the first it watches the resident set, around the second what
Python allocates; says both as JSON, in bytes.
"""

from __future__ import annotations

import json
import sys
import tracemalloc
from pathlib import Path

from oralcam.camera import Camera
from oralcam.photo import Photo

STATUS = Path("/proc/self/status")


def peak_resident() -> int | None:
    """Return the largest resident set so far, bytes; None where the operating system does not say."""
    try:
        lines = STATUS.read_text("ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), None)


def take(camera: Camera) -> Photo:
    """Return a photo that waits."""
    photo = camera.next_press(5)
    if photo is None:
        raise RuntimeError("no photo waits on the camera")
    return photo


def main(port: str, spool: str) -> None:
    """Measure, and print the figures."""
    with Camera(port, spool=spool) as camera:
        before = peak_resident()
        take(camera)
        after = peak_resident()
        tracemalloc.start()
        held = tracemalloc.get_traced_memory()[0]
        photo = take(camera)
        arriving = tracemalloc.get_traced_memory()[1] - held
        size = len(photo.jpeg)
        in_hand = tracemalloc.get_traced_memory()[1] - held
    resident = None if before is None or after is None else after - before
    print(json.dumps({"size": size, "arriving": arriving, "in_hand": in_hand, "resident": resident}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
