"""A process between the emulator's pty and one of its own: counts bytes, and is as slow as full-speed USB.

`python -m tools.benchmarks.relay DEVICE_PORT [DAMAGE_SEED]` says its port, then a line of JSON
for each byte that it is sent: bytes so far in either direction, damaged bytes. It ends when its input does.
"""

from __future__ import annotations

import json
import os
import pty
import random
import select
import sys
import time
import tty

from oralcam_protocol.wire.frame import OVERHEAD
from tools.benchmarks.link_model import Damage, FullSpeed

FRAME_BYTES = 4096 + OVERHEAD
FRAMES_PER_HIT = 1000  # 0.1 % of frames
LIFE_S = 900.0  # whoever started it has died without closing its input


class Direction:
    """The way from one port to another, no faster than the link; what the target does not take waits."""

    def __init__(self, source: int, target: int, now_s: float, damage: Damage | None) -> None:
        self.count = 0
        self._source = source
        self._target = target
        self._link = FullSpeed(now_s)
        self._damage = damage
        self._held = b""

    def move(self, now_s: float) -> None:
        """Move what the link has room for."""
        room = self._link.room(now_s)
        while room > 0 and not self._held:
            try:
                data = os.read(self._source, room)
            except OSError:  # nothing there, or no host has the port open
                self._link.idle()
                break
            self.count += len(data)
            self._link.take(len(data))
            room -= len(data)
            self._held = data if self._damage is None else self._damage.apply(data)
            self._push()
        if self._held:
            self._push()

    def _push(self) -> None:
        try:
            self._held = self._held[os.write(self._target, self._held) :]
        except OSError:
            pass  # full, or nobody there: the host's fault, and the link stands still

    def wait_until_s(self) -> float:
        """Return when there is room again."""
        return self._link.next_frame_s()


def relay(device_port: str, damage: Damage | None) -> None:
    """Serve until standard input ends."""
    device = os.open(device_port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    host, keeper = pty.openpty()
    tty.setraw(keeper)
    os.set_blocking(host, False)
    now_s = time.monotonic()
    up = Direction(device, host, now_s, damage)
    down = Direction(host, device, now_s, None)
    print(os.ttyname(keeper), flush=True)
    end_s = now_s + LIFE_S
    while now_s < end_s:
        up.move(now_s)
        down.move(now_s)
        wait_s = max(0.0, min(up.wait_until_s(), down.wait_until_s()) - time.monotonic())
        if select.select([0], [], [], wait_s)[0]:
            if not os.read(0, 1):  # a question is one byte
                return
            counts = {"up": up.count, "down": down.count, "hits": damage.hits if damage else 0}
            print(json.dumps(counts), flush=True)
        now_s = time.monotonic()


if __name__ == "__main__":
    wanted = Damage(FRAME_BYTES * FRAMES_PER_HIT, random.Random(sys.argv[2])) if len(sys.argv) > 2 else None
    relay(sys.argv[1], wanted)
