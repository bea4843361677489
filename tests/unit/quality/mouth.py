"""The rendered mouth as JPEGs, and arrays as JPEGs."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from PIL import Image

from oralcam.emulator.scene import Exposure, MouthScene
from oralcam.lighting import PRESETS

SIZE = (1280, 720)
RATED_MA = 20


@lru_cache(maxsize=256)
def mouth(
    size: tuple[int, int] = SIZE,
    light: str = "even",
    exposure_us: int = 10_000,
    gain: float = 1.0,
    jpeg_quality: int = 85,
    **spoiled: Any,
) -> bytes:
    """A photo of the rendered mouth; `spoiled`: blur_px, motion_px, noise, fog, seed."""
    light_ma = {zone: RATED_MA * level for zone, level in PRESETS[light].items()}
    return MouthScene(size, **spoiled).expose(Exposure(light_ma, exposure_us, gain, jpeg_quality)).jpeg


def alike(one: Mapping[str, float | None], other: Mapping[str, float | None]) -> None:
    """Assert that two photos' numbers are nearly equal: within 8 %, or a little that no limit notices."""
    assert one.keys() == other.keys()
    for name, value in one.items():
        steps = 3 if name.startswith("exposure") else 0.5 if name == "white_balance" else 0.03
        assert value == pytest.approx(other[name], rel=0.08, abs=steps), name


def pixels(jpeg: bytes) -> np.ndarray:
    """Colours, (rows, columns, 3)."""
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))


def jpeg_of(array: np.ndarray, **options: Any) -> bytes:
    """RGB (rows, columns, 3) or gray (rows, columns), rounded and cut to 0..255."""
    whole = np.clip(np.round(array), 0, 255).astype(np.uint8)
    encoded = io.BytesIO()
    Image.fromarray(whole).save(encoded, "JPEG", **{"quality": 95, **options})
    return encoded.getvalue()
