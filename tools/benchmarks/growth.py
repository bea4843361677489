"""P9: ten times the photo takes ten times as long."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from oralcam.camera import Camera
from oralcam.emulator.emulator import Emulator
from tools.benchmarks.cost import cost_of
from tools.benchmarks.measuring import DEVICE_CPU, Plan, median_ratio, pin_process
from tools.benchmarks.rig import BenchFailed, press
from tools.benchmarks.table import Limit, Row, at_least, at_most
from tools.testbeds.sample_photo import jpeg_of

TENFOLD = 10
SMALL_BYTES = 1_000_000
SIZES = (*[SMALL_BYTES] * 5, SMALL_BYTES * TENFOLD, *[SMALL_BYTES] * 5)  # what drifts disturbs both alike
MOST, LEAST = 1.15, 0.85
FETCH_TIMEOUT_S = 30.0
NOTE = (
    "Per byte; five photos of 1 MB, one of 10 MB and five of 1 MB again, from one emulator in one session: a "
    "pty is faster one time than another. Fetched: from Camera.next_press for a photo that waits to its "
    "last verified byte. Durable: to the end of the call, after fsync, rename and acknowledgement. Below 1: "
    "what a photo costs whatever its size."
)


@dataclass(frozen=True)
class Fetched:
    """One photo: seconds to its last verified byte, seconds until it was handed out, this program's CPU."""

    size: int
    fetched_s: float
    durable_s: float
    host_s: float


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P9 about large photos."""
    with _camera_of_both_sizes(plan) as emulator:
        rounds = [fetch_all(plan, emulator) for _ in range(plan.rounds + 1)]
    return rows(rounds[1:])  # the first has warmed caches


def rows(rounds: Sequence[Sequence[Fetched]]) -> list[Row]:
    """Return rows whose time to the last verified byte is judged, from above and from below."""

    def row(what: str, name: str, limit: Limit | None = None) -> Row:
        large = [per_byte([each for each in photos if each.size > SMALL_BYTES], name) for photos in rounds]
        small = [per_byte([each for each in photos if each.size == SMALL_BYTES], name) for photos in rounds]
        ours, peer = (f"{statistics.median(side) * 1e9:.1f} ns" for side in (large, small))
        what = f"10 MB photo / 1 MB photo: {what}, a byte"
        return Row("P9", what, ours, peer, median_ratio(large, small), limit, NOTE)

    return [
        row("fetched", "fetched_s", at_most(MOST)),
        row("fetched", "fetched_s", at_least(LEAST)),
        row("durable", "durable_s"),
        row("CPU of the program", "host_s"),
    ]


def per_byte(photos: Sequence[Fetched], name: str) -> float:
    """Return the seconds a byte of all these photos together."""
    total: float = sum(getattr(each, name) for each in photos)
    return total / sum(each.size for each in photos)


def fetch_all(plan: Plan, emulator: Emulator) -> list[Fetched]:
    """Fetch a photo of each of SIZES, which waits on the camera: one round."""
    spool = plan.folder / "spool-growth"
    with Camera(emulator.port, spool=spool) as camera:
        for _ in SIZES:
            press(emulator, camera)
        fetched = [_fetch(camera, size) for size in SIZES]
    shutil.rmtree(spool)
    return fetched


def _fetch(camera: Camera, size: int) -> Fetched:
    ends: list[float] = []
    sizes: list[int] = []

    def progress(received: int, of: int) -> None:
        if received == of:
            ends.append(time.perf_counter())

    def take() -> None:
        photo = camera.next_press(FETCH_TIMEOUT_S, progress=progress)
        sizes.append(0 if photo is None else photo.size)

    start = time.perf_counter()
    cost = cost_of(take, [])
    if sizes != [size] or not ends:
        raise BenchFailed("the photo of the press did not come")
    return Fetched(size, ends[0] - start, cost.elapsed_s, cost.host_s)


@contextmanager
def _camera_of_both_sizes(plan: Plan) -> Iterator[Emulator]:
    """Run an emulator that takes a photo of each of SIZES in turn."""
    folder = plan.folder / "replay-growth"
    folder.mkdir()
    chance = plan.chance("P9 growth")
    for number, size in enumerate(SIZES):
        (folder / f"{number:02}.jpg").write_bytes(jpeg_of(size, chance))
    with Emulator(replay=folder) as emulator:
        pin_process(emulator.pid, DEVICE_CPU)
        yield emulator
