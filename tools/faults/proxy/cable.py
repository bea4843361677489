"""The cable itself: a thread between the device's port and a pty of its own, which the host opens."""

from __future__ import annotations

import os
import pty
import select
import tempfile
import threading
import time
import tty
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from oralcam.errors import EmulatorError
from tools.faults.proxy.faults import Fault
from tools.faults.proxy.stream import FaultyStream

CHUNK = 16384
LOOK_S = 0.02  # between two tries to open a device that is not there, or to write where nobody reads
REPLUG_S = 0.2


class Cable:
    """Runs from construction to `close`. `port` is a path that stays; after a hang-up it is a new pty.

    When the device's own port hangs up, the host's does too, until the device is back. A fault that pulls the
    plug is undone after `replug_s`. `on_reset` and `on_clock_jump` carry out what a cable cannot; the first
    is called in a thread of its own, since it ends the device's port.
    """

    def __init__(
        self,
        device_port: str,
        faults: Sequence[Fault] = (),
        *,
        on_reset: Callable[[], None] | None = None,
        on_clock_jump: Callable[[float], None] | None = None,
        replug_s: float = REPLUG_S,
    ) -> None:
        self._device_port = device_port
        self._on_reset = on_reset
        self._on_clock_jump = on_clock_jump
        self._replug_s = replug_s
        self._folder = tempfile.TemporaryDirectory(prefix="oralcam-cable-")
        self.port = str(Path(self._folder.name) / "port")
        self._up = FaultyStream(faults, "up")
        self._down = FaultyStream(faults, "down")
        self._late = {"up": b"", "down": b""}  # left the stream, and nobody has taken it yet
        self._device = -1
        self._host: tuple[int, int] | None = None  # master; slave, so that closing the port is no hang-up
        self._pulled_until_s = 0.0
        self._helpers: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._ended = False
        self._wake_in, self._wake_out = os.pipe()
        self._thread = threading.Thread(target=self._run, name="oralcam-cable", daemon=True)
        self._thread.start()

    # -- for who holds it ----------------------------------------------------------------------------

    def pull(self) -> None:
        """Unplug, until `plug_in`."""
        self._pull(float("inf"))

    def plug_in(self) -> None:
        """Plug in again."""
        self._pull(0.0)

    def heal(self) -> None:
        """The bad contact is repaired: no fault comes any more."""
        with self._lock:
            self._up.heal()
            self._down.heal()
        self._wake()

    @property
    def injected(self) -> Counter[str]:
        """Faults by kind that have really happened."""
        with self._lock:
            return self._up.injected + self._down.injected

    def close(self) -> None:
        """Hang up and leave nothing behind. Harmless when repeated."""
        if self._ended:
            return
        self._ended = True
        self._wake()
        self._thread.join()
        for helper in self._helpers:
            helper.join()
        for descriptor in (self._wake_in, self._wake_out):
            os.close(descriptor)
        self._folder.cleanup()

    def __enter__(self) -> Cable:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _pull(self, until_s: float) -> None:
        with self._lock:
            self._pulled_until_s = until_s
        self._wake()

    def _wake(self) -> None:
        os.write(self._wake_out, b"w")

    # -- the thread ----------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._ended:
            now_s, pulled_until_s = time.monotonic(), self._pulled_until_s
            if now_s < pulled_until_s:
                self._hang_up()
                self._wait([], [], min(LOOK_S, pulled_until_s - now_s))
            elif self._device < 0 and not self._connect():
                self._wait([], [], LOOK_S)
            else:
                self._move(now_s)
        self._hang_up()

    def _connect(self) -> bool:
        """Open the device, and only then offer a port to the host."""
        try:
            self._device = os.open(self._device_port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            tty.setraw(self._device)
        except OSError:
            self._hang_up()
            return False
        master, slave = pty.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        self._host = (master, slave)
        Path(self.port).unlink(missing_ok=True)
        Path(self.port).symlink_to(os.ttyname(slave))
        return True

    def _hang_up(self) -> None:
        host, self._host = self._host, None
        if host is not None:
            Path(self.port).unlink(missing_ok=True)
            for descriptor in host:
                os.close(descriptor)
        device, self._device = self._device, -1
        if device >= 0:
            os.close(device)
        with self._lock:
            self._up.hang_up()
            self._down.hang_up()
        self._late = {"up": b"", "down": b""}

    def _move(self, now_s: float) -> None:
        """Wait for something to do, and do it."""
        assert self._host is not None
        master = self._host[0]
        with self._lock:
            reading = [
                end
                for end, stream, late in (
                    (self._device, self._up, self._late["up"]),
                    (master, self._down, self._late["down"]),
                )
                if stream.room and not late
            ]
            due_s = [moment for stream in (self._up, self._down) if (moment := stream.next_s()) is not None]
        writing = [end for end, name in ((master, "up"), (self._device, "down")) if self._late[name]]
        patience_s = max(0.0, min(due_s) - now_s) if due_s and not writing else None
        ready = self._wait(reading, writing, patience_s)
        try:
            if self._device in ready:
                self._feed(self._up, self._device)
            if master in ready:
                self._feed(self._down, master)
            self._deliver("up", self._up, master)
            self._deliver("down", self._down, self._device)
        except OSError:  # the device hung up
            self._hang_up()
            return
        self._carry_out_orders()

    def _wait(self, reading: list[int], writing: list[int], patience_s: float | None) -> list[int]:
        ready, _, _ = select.select([*reading, self._wake_in], writing, [], patience_s)
        if self._wake_in in ready:
            os.read(self._wake_in, 64)
        return ready

    def _feed(self, stream: FaultyStream, source: int) -> None:
        try:
            data = os.read(source, min(CHUNK, stream.room))
        except BlockingIOError:
            return
        if not data:
            raise OSError("hung up")
        with self._lock:
            stream.feed(data, time.monotonic())

    def _deliver(self, name: str, stream: FaultyStream, target: int) -> None:
        with self._lock:
            data = self._late[name] + stream.take(time.monotonic())
        if data:
            try:
                data = data[os.write(target, data) :]
            except BlockingIOError:
                pass  # nobody reads there: it waits, and with it what comes behind
        self._late[name] = data

    def _carry_out_orders(self) -> None:
        with self._lock:
            orders = self._up.take_orders() + self._down.take_orders()
        for fault in orders:
            if fault.kind == "cut":
                self._pulled_until_s = time.monotonic() + self._replug_s
            elif fault.kind == "reset" and self._on_reset is not None:
                helper = threading.Thread(target=self._on_reset, name="oralcam-cable-reset", daemon=True)
                self._helpers.append(helper)
                helper.start()
            elif fault.kind == "clock_jump" and self._on_clock_jump is not None:
                try:
                    self._on_clock_jump(fault.seconds)
                except EmulatorError:
                    pass  # it has no power at this moment, and so no clock to push
