"""A cable between simulated camera and simulated host, with the fault proxy's bad contacts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from camera_app import hal
from oralcam.errors import CameraClosed, DeviceDisconnected, PortNotFound
from tools.faults.proxy.faults import Fault
from tools.faults.proxy.stream import FaultyStream
from tools.faults.runs.simulation.world import World

NAME = "simulated"
ROOM = 16384  # bytes that wait in the operating system for a host that does not read
LATENCY_S = 0.0002


class Cable:
    """Plugged in or not; what is on its way when it is pulled is lost."""

    def __init__(self, world: World, faults: Sequence[Fault], carry_out: Callable[[Fault], None]) -> None:
        self.world = world
        self.up = FaultyStream(faults, "up")
        self.down = FaultyStream(faults, "down")
        self.plugged = True
        self.generation = 0  # counts pluggings: a port of an earlier one is dead
        self.to_host = bytearray()
        self.to_camera = bytearray()
        self.camera_woken = asyncio.Event()
        self._carry_out = carry_out
        self._due_s = float("inf")

    def pull(self) -> None:
        """Unplug."""
        self.plugged = False
        self.generation += 1
        for stream in (self.up, self.down):
            stream.hang_up()
        self.to_host.clear()
        self.to_camera.clear()
        self.camera_woken.set()
        self.world.interrupt()

    def plug_in(self) -> None:
        """Plug in."""
        self.plugged = True

    def host_says(self, data: bytes) -> None:
        """Down it goes."""
        self.down.feed(data, self.world.now_s)
        self._arrange()

    def camera_says(self, data: bytes) -> int:
        """Up it goes, as much as there is room for."""
        if not self.plugged:
            return len(data)  # into nowhere, as a board's UART does; a pty would say EIO
        taken = min(len(data), ROOM - len(self.to_host), self.up.room)
        if taken > 0:
            self.up.feed(data[:taken], self.world.now_s)
            self._arrange()
        return max(0, taken)

    def _arrange(self) -> None:
        """What leaves the streams now arrives a little later; what is held comes when it is due."""
        due_s = min(
            self.world.now_s + LATENCY_S,
            *(stream.next_s() or float("inf") for stream in (self.up, self.down)),
        )
        if due_s < self._due_s:
            self._due_s = due_s
            self.world.at(due_s, self._move)

    def _move(self) -> None:
        now_s = self.world.now_s
        self._due_s = float("inf")
        up, down = self.up.take(now_s), self.down.take(now_s)
        if up:
            self.to_host += up
            self.world.interrupt()
        if down:
            self.to_camera += down
            self.camera_woken.set()
        for stream in (self.up, self.down):
            for fault in stream.take_orders():
                self._carry_out(fault)
        held = [moment for stream in (self.up, self.down) if (moment := stream.next_s()) is not None]
        if held and self.plugged:
            self._due_s = max(now_s + LATENCY_S / 2, min(held))
            self.world.at(self._due_s, self._move)


class CameraEnd(hal.Link):
    """What the firmware sees."""

    def __init__(self, cable: Cable) -> None:
        self._cable = cable

    async def readinto(self, buffer: bytearray) -> int:
        """Some bytes."""
        cable = self._cable
        while not cable.to_camera:
            cable.camera_woken.clear()
            await cable.camera_woken.wait()
        count = min(len(buffer), len(cable.to_camera))
        buffer[:count] = cable.to_camera[:count]
        del cable.to_camera[:count]
        return count

    def write(self, view: memoryview) -> int:
        """What the cable takes."""
        return self._cable.camera_says(bytes(view))

    async def writable(self) -> None:
        """When the host may have read some."""
        await asyncio.sleep(LATENCY_S)


class HostEnd:
    """What the SDK sees: a `Port`. Waiting for bytes lets the world go on."""

    def __init__(self, cable: Cable, step: Callable[[], None]) -> None:
        if not cable.plugged:
            raise PortNotFound("There is no such port.")
        self.name = NAME
        self._cable = cable
        self._generation = cable.generation
        self._step = step
        self._interrupted = False

    def receive(self, timeout: float) -> bytes:
        """As `Port.receive`."""
        self._step()
        cable = self._cable
        if not self._interrupted and not cable.to_host and self._generation == cable.generation:
            cable.world.advance(timeout)
        if self._interrupted:
            raise CameraClosed("closed")
        if self._generation != cable.generation:
            raise DeviceDisconnected("unplugged")
        data = bytes(cable.to_host[:4096])
        del cable.to_host[:4096]
        return data

    def send(self, data: bytes, timeout: float) -> None:
        """As `Port.send`."""
        self._step()
        deadline = self._cable.world.now_s + timeout
        while self._generation == self._cable.generation and len(data) > self._cable.down.room:
            if self._interrupted or self._cable.world.now_s >= deadline:
                raise DeviceDisconnected("takes no data")
            self._cable.world.advance(LATENCY_S)
        if self._generation != self._cable.generation:
            raise DeviceDisconnected("unplugged")
        self._cable.host_says(data)

    def interrupt(self) -> None:
        """As `Port.interrupt`."""
        self._interrupted = True

    def close(self) -> None:
        """Nothing to give back."""
