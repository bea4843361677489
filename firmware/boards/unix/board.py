"""The emulated board, put together from its environment.

ORALCAM_BENCH_FD: the bench channel; ORALCAM_BULK_FD: the bulk interface, if there is one; ORALCAM_STATE: a
folder for photos, frame and numbers; ORALCAM_SERIAL; ORALCAM_STORE: `flash` or `psram`; ORALCAM_STORE_BYTES;
ORALCAM_RESET_CAUSE: number of a wire.enums.ResetCause.
"""

import os
import sys

from boards.bench.channel import Channel
from boards.bench.clock import BenchTicks, BenchWatchdog
from boards.bench.console import PrintConsole
from boards.bench.faults import Faults
from boards.bench.file_records import FileRecords
from boards.bench.handpiece import BenchButton, BenchIndicator
from boards.bench.ring import BenchRing
from boards.bench.runtime import ByteStream
from boards.bench.sensors import BenchSensors
from boards.unix import dark
from boards.unix.image_sensor import FileSensor
from boards.unix.link import DescriptorLink
from boards.unix.store import FileStore
from camera_app import hal
from oralcam_protocol.wire.enums import Capability


class UnixBoard(hal.Board):
    """MicroPython's unix port as a camera board."""

    name = "unix"

    def __init__(self) -> None:
        state = _from_environment("ORALCAM_STATE")
        self.channel = Channel(ByteStream(dark.stream))
        faults = Faults(self.channel)
        self.serial_number = _from_environment("ORALCAM_SERIAL")
        self.reset_cause = int(_from_environment("ORALCAM_RESET_CAUSE"))
        self.links = [DescriptorLink(0, 1)]
        bulk = os.getenv("ORALCAM_BULK_FD")
        if bulk is not None:
            self.links.append(DescriptorLink(int(bulk), int(bulk)))
        self.ticks = BenchTicks(self.channel, faults)
        self.watchdog = BenchWatchdog(self.channel, faults)
        self.button = BenchButton(self.channel, faults, self.ticks)
        ring = BenchRing(self.channel, faults)
        self.ring = ring
        self.indicator = BenchIndicator(self.channel, faults)
        self.sensors = BenchSensors(self.channel, faults, ring, self.ticks)
        self.sensor = FileSensor(self.channel, faults, self.ticks, state + "/frame.jpg")
        self.store = FileStore(
            self.channel,
            faults,
            state + "/photos",
            _from_environment("ORALCAM_STORE"),
            int(_from_environment("ORALCAM_STORE_BYTES")),
        )
        self.records = FileRecords(state + "/records", faults)
        self.console = PrintConsole()
        self.capabilities = Capability.EXPOSURE_IN_MICROSECONDS
        if self.store.survives_reset:
            self.capabilities |= Capability.PHOTOS_SURVIVE_RESET

    def random_u32(self) -> int:
        """From the operating system."""
        return int.from_bytes(os.urandom(4), "little")

    def started(self) -> None:
        """Tell the bench."""
        self.channel.say("started", True)

    async def run(self) -> None:
        """Serve the bench channel."""
        await self.channel.run()

    def reset(self) -> None:
        """Pull the reset line; this process ends here if the bench has not ended it before."""
        dark.reset()
        sys.exit(1)


def _from_environment(name: str) -> str:
    value = os.getenv(name)
    if value is None:
        raise RuntimeError("start the firmware with oralcam.emulator: {} is not set".format(name))
    return value


def open_board() -> UnixBoard:
    """Return the board; `main.py` calls this once."""
    return UnixBoard()
