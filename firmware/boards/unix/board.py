"""The emulated board, put together from its environment.

ORALCAM_BENCH_FD: the bench channel; ORALCAM_BULK_FD: the bulk interface, if there is one; ORALCAM_STATE: a
folder for photos, frame and numbers; ORALCAM_SERIAL; ORALCAM_STORE: `flash` or `psram`; ORALCAM_STORE_BYTES;
ORALCAM_RESET_CAUSE: number of a wire.enums.ResetCause.
"""

import os

from boards.unix.bench import Bench
from boards.unix.link import DescriptorLink
from boards.unix.parts import (
    BenchButton,
    BenchIndicator,
    BenchRing,
    BenchSensor,
    BenchSensors,
    BenchTicks,
    FileRecords,
)
from boards.unix.store import FileStore
from camera_app import hal
from oralcam_protocol.wire.enums import Capability


class UnixBoard(hal.Board):
    """MicroPython's unix port as a camera board."""

    name = "unix"

    def __init__(self) -> None:
        state = _from_environment("ORALCAM_STATE")
        self.bench = Bench(int(_from_environment("ORALCAM_BENCH_FD")))
        self.serial_number = _from_environment("ORALCAM_SERIAL")
        self.reset_cause = int(_from_environment("ORALCAM_RESET_CAUSE"))
        self.links = [DescriptorLink(0, 1)]
        bulk = os.getenv("ORALCAM_BULK_FD")
        if bulk is not None:
            self.links.append(DescriptorLink(int(bulk), int(bulk)))
        self.ticks = BenchTicks(self.bench)
        self.button = BenchButton(self.bench, self.ticks)
        self.ring = BenchRing(self.bench)
        self.indicator = BenchIndicator(self.bench)
        self.sensors = BenchSensors(self.bench)
        self.sensor = BenchSensor(self.bench, self.ring, self.ticks, state + "/frame.jpg")
        self.store = FileStore(
            self.bench,
            state + "/photos",
            _from_environment("ORALCAM_STORE"),
            int(_from_environment("ORALCAM_STORE_BYTES")),
        )
        self.records = FileRecords(state + "/records")
        self.capabilities = Capability.EXPOSURE_IN_MICROSECONDS
        if self.store.survives_reset:
            self.capabilities |= Capability.PHOTOS_SURVIVE_RESET

    def random_u32(self) -> int:
        """From the operating system."""
        return int.from_bytes(os.urandom(4), "little")

    def started(self) -> None:
        """Tell the bench."""
        self.bench.say("started", True)

    async def run(self) -> None:
        """Serve the bench channel."""
        await self.bench.run()


def _from_environment(name: str) -> str:
    value = os.getenv(name)
    if value is None:
        raise RuntimeError("start the firmware with oralcam.emulator: {} is not set".format(name))
    return value
