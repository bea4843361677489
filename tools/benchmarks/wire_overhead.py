"""P2: what a 2 MB photo costs on the wire, and how much of a full-speed link it uses, with credits on."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from oralcam.camera import Camera
from oralcam.emulator.emulator import Emulator
from tools.benchmarks.link_model import BYTES_PER_FRAME, best_time_s
from tools.benchmarks.measuring import PHOTO_BYTES, Plan
from tools.benchmarks.relayed import Relay
from tools.benchmarks.rig import BenchFailed, emulated_camera, press
from tools.benchmarks.table import Row, at_least

NOTE = (
    f"A process between two ptys moves at most {BYTES_PER_FRAME:,} bytes in each ms, either way; the limit "
    "is the time that the same bytes on the wire take at least. From asking for the photo to its last "
    "verified byte."
)
DAMAGE_NOTE = (
    "One byte changed in every 1,000 frames' worth, at random places; all rounds together, since a single "
    "round has half a damaged frame. What is sent again counts as time, not as payload."
)


@dataclass(frozen=True)
class Passage:
    """One photo over the link: seconds, and bytes on the wire from the device while it took them."""

    time_s: float
    wire: int


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P2; with damaged frames too if the plan asks for it."""
    with emulated_camera(plan) as emulator:
        clean, _ = _passages(plan, emulator, None)
        wire = statistics.median(passage.wire for passage in clean)
        overhead = statistics.median(PHOTO_BYTES / passage.wire for passage in clean) * 100
        use = statistics.median(best_time_s(passage.wire) / passage.time_s for passage in clean) * 100
        times = [passage.time_s for passage in clean]
        best = best_time_s(int(wire))
        rows = [
            Row(
                "P2",
                "2 MB photo: payload / wire, %",
                f"{PHOTO_BYTES:,} B",
                f"{wire:,.0f} B",
                overhead,
                at_least(99.45),
            ),
            Row(
                "P2",
                "2 MB photo: share of the full-speed link, %",
                _ms(times),
                f"{best * 1e3:,.0f} ms",
                use,
                at_least(99),
                NOTE,
            ),
        ]
        if plan.corrupted:
            rows.append(_damaged(plan, emulator, best))
    return rows


def _damaged(plan: Plan, emulator: Emulator, best_s: float) -> Row:
    passages, hits = _passages(plan, emulator, f"{plan.seed} damage")
    times = [passage.time_s for passage in passages]
    return Row(
        "P2",
        f"the same with 0.1 % of frames damaged ({hits} in all), %",
        f"{statistics.mean(times) * 1e3:,.0f} ms",
        f"{best_s * 1e3:,.0f} ms",
        100 * best_s * len(times) / sum(times),
        at_least(98),
        DAMAGE_NOTE,
    )


def _passages(plan: Plan, emulator: Emulator, damage_seed: str | None) -> tuple[list[Passage], int]:
    with (
        Relay(emulator.port, damage_seed) as relay,
        Camera(relay.port, spool=plan.folder / "spool") as camera,
    ):
        passages = [_photo(emulator, relay, camera) for _ in range(plan.rounds + 1)][1:]
        return passages, relay.counts()["hits"]


def _photo(emulator: Emulator, relay: Relay, camera: Camera) -> Passage:
    press(emulator, camera)
    ends: list[tuple[float, int]] = []

    def progress(received: int, size: int) -> None:
        if received == size and not ends:
            ends.append((time.perf_counter(), relay.counts()["up"]))

    before = relay.counts()["up"]
    start = time.perf_counter()
    photo = camera.next_press(5, progress=progress)
    if photo is None or photo.size != PHOTO_BYTES:
        raise BenchFailed("the photo of the press did not come")
    end, after = ends[0]
    return Passage(end - start, after - before)


def _ms(times_s: list[float]) -> str:
    return f"{statistics.median(times_s) * 1e3:,.0f} ms"
