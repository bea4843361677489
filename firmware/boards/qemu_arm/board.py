"""The bare-metal board, put together from what the host wrote into the shared memory before it started it.

ORALCAM_SERIAL, ORALCAM_STORE, ORALCAM_STORE_BYTES, ORALCAM_RESET_CAUSE as on the unix board; ORALCAM_BULK:
"1" if a bulk interface is wired; ORALCAM_RANDOM: a random number; ORALCAM_CUT_AT: see flash.py.
"""

import mps2

from boards.bench.channel import Channel
from boards.bench.clock import BenchTicks, BenchWatchdog
from boards.bench.console import PrintConsole
from boards.bench.faults import Faults
from boards.bench.file_records import FileRecords
from boards.bench.handpiece import BenchButton, BenchIndicator
from boards.bench.ring import BenchRing
from boards.bench.runtime import ByteStream
from boards.bench.sensors import BenchSensors
from boards.qemu_arm import dark
from boards.qemu_arm.flash import Flash, mount
from boards.qemu_arm.image_sensor import MemorySensor
from boards.qemu_arm.layout import UART_BULK, UART_LINK
from boards.qemu_arm.link import UartLink
from boards.qemu_arm.memory import settings
from boards.qemu_arm.store import MemoryStore
from camera_app import hal
from oralcam_protocol.wire.enums import Capability


class QemuArmBoard(hal.Board):
    """MicroPython on bare metal as a camera board."""

    name = "qemu-arm"

    def __init__(self) -> None:
        told = settings()
        self._random = int(told["ORALCAM_RANDOM"])
        mount(Flash(int(told["ORALCAM_CUT_AT"])), ("records", "photos"))
        self.channel = Channel(ByteStream(dark.stream))
        self.channel.listeners["machine"] = _break_machine
        faults = Faults(self.channel)
        self.serial_number = told["ORALCAM_SERIAL"]
        self.reset_cause = int(told["ORALCAM_RESET_CAUSE"])
        self.links = [UartLink(UART_LINK)]
        if told["ORALCAM_BULK"] == "1":
            self.links.append(UartLink(UART_BULK))
        self.ticks = BenchTicks(self.channel, faults)
        self.watchdog = BenchWatchdog(self.channel, faults)
        self.button = BenchButton(self.channel, faults, self.ticks)
        ring = BenchRing(self.channel, faults)
        self.ring = ring
        self.indicator = BenchIndicator(self.channel, faults)
        self.sensors = BenchSensors(self.channel, faults, ring, self.ticks)
        self.sensor = MemorySensor(self.channel, faults, self.ticks)
        self.store = MemoryStore(
            self.channel, faults, told["ORALCAM_STORE"] == "flash", int(told["ORALCAM_STORE_BYTES"])
        )
        self.records = FileRecords("/flash/records", faults)
        self.console = PrintConsole()
        self.capabilities = Capability.EXPOSURE_IN_MICROSECONDS
        if self.store.survives_reset:
            self.capabilities |= Capability.PHOTOS_SURVIVE_RESET

    def random_u32(self) -> int:
        """The number that the host threw: the machine has no source of its own."""
        return self._random

    def started(self) -> None:
        """Tell the bench."""
        self.channel.say("started", True)

    async def run(self) -> None:
        """Serve the bench channel."""
        await self.channel.run()

    def reset(self) -> None:
        """Reset the processor."""
        mps2.reset()


def _break_machine(how: str) -> None:
    """What no part of the bench can do: the processor's clock stops, or it spins with its interrupts off."""
    if how == "clock":
        mps2.stop_clock()
    elif how == "interrupts":
        mps2.spin()


def open_board() -> QemuArmBoard:
    """Return the board; `main.py` calls this once."""
    return QemuArmBoard()
