"""Measure the bulk interface beside the serial port, on real USB, through the whole SDK, in one run.

Runs inside the VM: python -m tools.testbeds.usb_vm -- .venv/bin/python -m tools.benchmarks.usb_vm
Paired rounds in a random order, judged by the median. Times under emulation are several times a real
machine's; the ratio of the two is what counts.
"""

from __future__ import annotations

import argparse
import random
import secrets
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from oralcam import Camera
from oralcam.emulator import Emulator
from tools.benchmarks.measuring import PHOTO_BYTES, median_ratio, megabytes_per_second, paired, seconds
from tools.benchmarks.rig import BenchFailed, press
from tools.benchmarks.table import Row, render
from tools.testbeds.sample_photo import jpeg_of
from tools.testbeds.usb_vm.connector import GadgetConnector
from tools.testbeds.usb_vm.gadget import Gadget
from tools.testbeds.usb_vm.guest import inside
from tools.testbeds.usb_vm.kernel_files import GadgetError

REQUESTS = 50
PHOTO_TIMEOUT_S = 60
SERIAL_NUMBER = "VM-BENCH"


class Figures(NamedTuple):
    """Of one interface, in one round: seconds."""

    request_s: float
    photo_s: float


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and judge; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.usb_vm", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=None, help="default: by chance, printed")
    options = parser.parse_args(arguments)
    if not inside():
        parser.error(
            "it runs inside the VM: "
            "python -m tools.testbeds.usb_vm -- .venv/bin/python -m tools.benchmarks.usb_vm"
        )
    seed = secrets.randbits(32) if options.seed is None else options.seed
    print(f"seed {seed}, {options.rounds} rounds")
    try:
        print(render(measure(options.rounds, random.Random(seed))))
    except (BenchFailed, GadgetError) as error:
        print(f"tools.benchmarks.usb_vm: {error}", file=sys.stderr)
        return 1
    return 0


def measure(rounds: int, chance: random.Random) -> list[Row]:
    """Return two rows: a request and its answer; a photo that is fetched, verified and durable.

    The photo was taken before.
    """
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "photo.jpg"
        photo.write_bytes(jpeg_of(PHOTO_BYTES, chance))
        with (
            Gadget(SERIAL_NUMBER) as gadget,
            Emulator(
                connector=GadgetConnector(gadget), serial_number=SERIAL_NUMBER, replay=photo
            ) as emulator,
        ):
            bulk, serial = gadget.host.name, gadget.host.serial_port or ""
            subjects = {
                "bulk": lambda: _figures(emulator, bulk, Path(folder)),
                "serial": lambda: _figures(emulator, serial, Path(folder)),
            }
            figures = paired(subjects, rounds, chance)
    requests = {name: [figure.request_s for figure in of] for name, of in figures.items()}
    photos = {name: [figure.photo_s for figure in of] for name, of in figures.items()}
    return [
        Row(
            "USB",
            "request and answer, bulk / serial",
            _milliseconds(requests["bulk"]),
            _milliseconds(requests["serial"]),
            median_ratio(requests["bulk"], requests["serial"]),
        ),
        Row(
            "USB",
            "2 MB photo fetched, verified, durable: speed of bulk / serial",
            f"{megabytes_per_second(PHOTO_BYTES, photos['bulk']):.2f} MB/s",
            f"{megabytes_per_second(PHOTO_BYTES, photos['serial']):.2f} MB/s",
            median_ratio(photos["serial"], photos["bulk"]),
        ),
    ]


def _figures(emulator: Emulator, port: str, folder: Path) -> Figures:
    with Camera.open(port, spool=folder / "spool") as camera:
        camera.health()
        request_s = statistics.median(seconds(camera.health) for _ in range(REQUESTS))
        press(emulator, camera)
        photos = []
        photo_s = seconds(lambda: photos.append(camera.next_press(PHOTO_TIMEOUT_S)))
        if photos[0] is None or photos[0].size != PHOTO_BYTES:
            raise BenchFailed(f"the photo of the press did not come over {port}")
        photos[0].save(folder / f"{photos[0].capture_id}.jpg")
    return Figures(request_s, photo_s)


def _milliseconds(times_s: Sequence[float]) -> str:
    return f"{statistics.median(times_s) * 1e3:.2f} ms"


if __name__ == "__main__":
    sys.exit(main())
