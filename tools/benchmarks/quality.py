"""P12: what all quality figures of a photo cost, beside Pillow's half-size gray decode of it."""

from __future__ import annotations

import io
import statistics
from collections.abc import Callable

from PIL import Image

from oralcam.emulator.scene import ZONES, Exposure, MouthScene
from oralcam.quality import quality_of
from tools.benchmarks.measuring import Plan, median_ratio, paired, seconds
from tools.benchmarks.rig import BenchFailed
from tools.benchmarks.table import Row, at_most

SIZES = {"720p": (1280, 720), "5 MP": (2592, 1944)}
NOISES = {"rendered mouth": 1.0, "noisy": 4.0}  # times the sensor's own noise
LIGHT_MA = 12.0
REPEAT = {"720p": 20, "5 MP": 4}
NOTE = (
    "From the JPEG's bytes to every figure and the verdict. Peer: Image.open, draft(L, half size), load. "
    "Noisy: four times the sensor's noise, three times the bytes."
)


def photo(size: tuple[int, int], noise: float) -> bytes:
    """Return the rendered mouth, evenly lit."""
    exposure = Exposure(dict.fromkeys(ZONES, LIGHT_MA), exposure_us=10_000, gain=1.0)
    return MouthScene(size, noise=noise).expose(exposure).jpeg


def half_size_gray(jpeg: bytes) -> None:
    """Decode at half size, gray: the peer."""
    with Image.open(io.BytesIO(jpeg)) as image:
        image.draft("L", (image.width // 2, image.height // 2))
        image.load()


def judge(jpeg: bytes) -> None:
    """Work out every figure, and the verdict: findings are made when they are asked for."""
    if quality_of(jpeg).verdict != "ok":
        raise BenchFailed("a photo without a fault drew a warning")


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P12."""
    return [
        _row(plan, f"{kind}, {named}", photo(size, noise), REPEAT[named])
        for named, size in SIZES.items()
        for kind, noise in NOISES.items()
    ]


def _row(plan: Plan, what: str, jpeg: bytes, repeat: int) -> Row:
    def timed(action: Callable[[bytes], None]) -> Callable[[], float]:
        return lambda: seconds(lambda: action(jpeg), repeat)

    subjects = {"ours": timed(judge), "peer": timed(half_size_gray)}
    times = paired(subjects, plan.rounds, plan.chance(f"P12 {what}"))
    ours, peer = (f"{statistics.median(times[name]) * 1e3:.2f} ms" for name in ("ours", "peer"))
    ratio = median_ratio(times["ours"], times["peer"])
    return Row(
        "P12",
        f"all quality figures / half-size gray decode: {what}, {len(jpeg) / 1e3:,.0f} kB",
        ours,
        peer,
        ratio,
        at_most(1.5),
        NOTE,
    )
