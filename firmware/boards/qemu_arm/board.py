"""The bare-metal board, put together from what the host wrote into the shared memory before it started it.

ORALCAM_SERIAL, ORALCAM_STORE, ORALCAM_STORE_BYTES, ORALCAM_RESET_CAUSE as on the unix board; ORALCAM_BULK: "1"
if a bulk interface is wired; ORALCAM_RANDOM: a random number; ORALCAM_CUT_AT: see flash.py.
"""

from boards.qemu_arm.flash import Flash, mount
from boards.qemu_arm.layout import FRAME
from boards.qemu_arm.link import BENCH, BULK, LINK, UartBench, UartLink
from boards.qemu_arm.memory import region, settings
from boards.qemu_arm.store import MemoryStore
from boards.unix.parts import (
    BenchButton,
    BenchIndicator,
    BenchRing,
    BenchSensor,
    BenchSensors,
    BenchTicks,
    FileRecords,
)
from camera_app import hal
from oralcam_protocol.wire.enums import Capability


class FrameSensor(BenchSensor):
    """The frame is where DMA puts it."""

    _memory = region(FRAME)

    def readinto(self, offset: int, view: memoryview) -> int:
        """Copy the frame's bytes."""
        view[:] = self._memory[offset : offset + len(view)]
        return len(view)


class QemuArmBoard(hal.Board):
    """MicroPython on bare metal as a camera board."""

    name = "qemu-arm"

    def __init__(self) -> None:
        told = settings()
        self._random = int(told["ORALCAM_RANDOM"])
        mount(Flash(int(told["ORALCAM_CUT_AT"])), ("records", "photos"))
        self.bench = UartBench(BENCH)
        self.serial_number = told["ORALCAM_SERIAL"]
        self.reset_cause = int(told["ORALCAM_RESET_CAUSE"])
        self.links = [UartLink(LINK)]
        if told["ORALCAM_BULK"] == "1":
            self.links.append(UartLink(BULK))
        self.ticks = BenchTicks(self.bench)
        self.button = BenchButton(self.bench, self.ticks)
        self.ring = BenchRing(self.bench)
        self.indicator = BenchIndicator(self.bench)
        self.sensors = BenchSensors(self.bench)
        self.sensor = FrameSensor(self.bench, self.ring, self.ticks, "/rom/main.mpy")
        self.store = MemoryStore(
            self.bench, told["ORALCAM_STORE"] == "flash", int(told["ORALCAM_STORE_BYTES"])
        )
        self.records = FileRecords("/flash/records")
        self.capabilities = Capability.EXPOSURE_IN_MICROSECONDS
        if self.store.survives_reset:
            self.capabilities |= Capability.PHOTOS_SURVIVE_RESET

    def random_u32(self) -> int:
        """The number that the host threw: the machine has no source of its own."""
        return self._random

    def started(self) -> None:
        """Tell the bench."""
        self.bench.say("started", True)

    async def run(self) -> None:
        """Serve the bench channel."""
        await self.bench.run()
