"""P9: what eight cameras cost one program, beside one camera."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from oralcam.camera import Camera
from oralcam.emulator.emulator import Emulator
from tools.benchmarks.cost import Cost, cost_of
from tools.benchmarks.measuring import PHOTO_BYTES, Plan, median_ratio, paired
from tools.benchmarks.rig import BenchFailed, emulated_camera, press
from tools.benchmarks.table import Limit, Row, at_most

CAMERAS = 8
PHOTOS = 5  # of each camera in a round
ALLOWED = 8.5
FETCH_TIMEOUT_S = 30.0
NOTE = (
    f"{PHOTOS} photos of 2 MB that wait on each camera, fetched by Camera.next_press in a thread a camera: "
    "verified, durable, acknowledged. CPU seconds of all threads of the program (time.process_time); the "
    "emulators' from /proc. In each round one camera is chosen by chance, the others are closed meanwhile."
)


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P9 about several cameras."""
    chance = plan.chance("P9 several")
    with ExitStack() as held:
        emulators = [held.enter_context(emulated_camera(plan)) for _ in range(CAMERAS)]
        subjects: dict[str, Callable[[], Cost]] = {
            "one": lambda: fetch_all(plan, [chance.choice(emulators)]),
            "eight": lambda: fetch_all(plan, emulators),
        }
        costs = paired(subjects, plan.rounds, chance)
    return rows(costs["eight"], costs["one"])


def rows(eight: Sequence[Cost], one: Sequence[Cost]) -> list[Row]:
    """Return rows that judge the program's CPU seconds; the emulators' and the clock's are reported."""
    described = [
        _row(
            "CPU seconds of the program", [e.host_s for e in eight], [o.host_s for o in one], at_most(ALLOWED)
        )
    ]
    devices = [(e.devices_s, o.devices_s) for e, o in zip(eight, one, strict=True)]
    known = [(e, o) for e, o in devices if e is not None and o]
    if known:
        described.append(_row("CPU seconds of the emulators", [e for e, _ in known], [o for _, o in known]))
    elapsed = ([e.elapsed_s for e in eight], [o.elapsed_s for o in one])
    return [*described, _row("seconds on the clock, emulators on one CPU", *elapsed)]


def _row(what: str, eight: Sequence[float], one: Sequence[float], limit: Limit | None = None) -> Row:
    ours, peer = (f"{statistics.median(each) * 1e3:.0f} ms" for each in (eight, one))
    what = f"{CAMERAS} cameras, {PHOTOS} photos each / one camera: {what}"
    return Row("P9", what, ours, peer, median_ratio(eight, one), limit, NOTE)


def fetch_all(plan: Plan, emulators: Sequence[Emulator]) -> Cost:
    """Return what it costs to bring in PHOTOS photos of each of these, all at once."""
    spool = plan.folder / "spool-several"
    with ExitStack() as held:
        cameras = [held.enter_context(Camera(each.port, spool=spool)) for each in emulators]
        pool = held.enter_context(ThreadPoolExecutor(len(cameras)))
        for emulator, camera in zip(emulators, cameras, strict=True):
            for _ in range(PHOTOS):
                press(emulator, camera)
        cost = cost_of(lambda: list(pool.map(_fetch, cameras)), [each.pid for each in emulators])
    shutil.rmtree(spool)
    return cost


def _fetch(camera: Camera) -> None:
    for _ in range(PHOTOS):
        photo = camera.next_press(FETCH_TIMEOUT_S)
        if photo is None or photo.size != PHOTO_BYTES:
            raise BenchFailed("the photo of the press did not come")
