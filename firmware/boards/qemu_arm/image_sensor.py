"""The image sensor, whose DMA puts a frame into the shared memory."""

from boards.bench.channel import Channel
from boards.bench.faults import Faults
from boards.bench.image_sensor import BenchSensor
from boards.qemu_arm.layout import FRAME
from boards.qemu_arm.memory import region
from camera_app import hal


class MemorySensor(BenchSensor):
    """The bench writes the frame there; the next one replaces it."""

    def __init__(self, channel: Channel, faults: Faults, ticks: hal.Ticks) -> None:
        super().__init__(channel, faults, ticks)
        self._memory = region(FRAME)

    def readinto(self, offset: int, view: memoryview) -> int:
        """Copy the frame's bytes."""
        self._faults.meet("sensor.readinto")
        view[:] = self._memory[offset : offset + len(view)]
        return len(view)
