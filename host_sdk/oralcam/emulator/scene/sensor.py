"""The sensor and its encoder: from reflectance and light to a JPEG."""

from __future__ import annotations

import io
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from oralcam.emulator.scene.exposure import RATED_MA, ZONES, Exposure, Frame

Floats = NDArray[np.float32]

AMBIENT = 0.008  # what reaches a mouth without the ring, as a part of one zone's rated light
REFERENCE_US = 10_000
SENSITIVITY = 1.15  # signal of a white surface in the light of one rated zone, exposed for REFERENCE_US
SHOT_NOISE = 0.012
READ_NOISE = 0.003
LEVELS = 4096
FOG_ALBEDO = 0.5  # how much of the ring's light a fogged window throws back


def zone_maps(depth: Floats) -> dict[str, Floats]:
    """Return how much of each zone's light arrives where: (height, width), 1 in the middle of its field."""
    height, width = depth.shape
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    near = (1 - 0.72 * depth).astype(np.float32)  # the front zone hardly reaches the back of the mouth
    deep = (1 - 0.35 * depth).astype(np.float32)  # the side zones are made for it
    centre = np.exp(-((across / 0.42) ** 2) - (down / 0.95) ** 2)
    right = np.exp(-(((across - 0.62) / 0.38) ** 2) - (down / 0.9) ** 2)
    left = np.exp(-(((across + 0.62) / 0.38) ** 2) - (down / 0.9) ** 2)
    maps = (centre * near, right * deep, left * deep)
    return {zone: cast("Floats", light.astype(np.float32)) for zone, light in zip(ZONES, maps, strict=True)}


class Sensor:
    """A sensor: it adds up light, noise, lens and encoder.

    A seed and a frame's number determine its noise.
    """

    def __init__(self, seed: int, blur_px: float, motion_px: float, noise: float, fog: float = 0.0) -> None:
        self._seed = seed
        self._fog = fog
        self._blur_px = blur_px
        self._motion_px = motion_px
        self._noise = noise
        self._frames = 0
        self._tile: Floats | None = None
        self._curve = _srgb_curve()

    def expose(self, reflectance: Floats, maps: dict[str, Floats], exposure: Exposure) -> Frame:
        """Return one frame of a surface of reflectance (height, width, 3)."""
        light: Floats = np.full(reflectance.shape[:2], AMBIENT, np.float32)
        for zone, current_ma in exposure.light_ma.items():
            if current_ma:
                light += np.float32(current_ma / RATED_MA) * maps[zone]
        light *= np.float32(SENSITIVITY * exposure.exposure_us / REFERENCE_US)
        signal = reflectance * light[..., None]
        if self._fog:  # a veil of the ring's own light before the picture, the same everywhere
            signal *= np.float32(1 - self._fog)
            signal += np.float32(self._fog * FOG_ALBEDO * light.mean())
        self._add_noise(signal, exposure.gain)
        signal *= np.float32(exposure.gain)
        # highlights roll off softly, as a sensor's response does near its end
        np.divide(signal, 1 + np.maximum(signal - 0.55, 0) * 0.62, out=signal)
        levels = np.clip(signal * (LEVELS - 1), 0, LEVELS - 1).astype(np.uint16)
        image = self._through_lens(Image.fromarray(self._curve[levels]))
        self._frames += 1
        encoded = io.BytesIO()
        image.save(encoded, "JPEG", quality=exposure.jpeg_quality, subsampling="4:2:2")
        return Frame(encoded.getvalue(), image.width, image.height)

    def prepare(self, shape: tuple[int, ...]) -> Floats:
        """Make the grain of frames of this shape (height, width, 3)."""
        if self._tile is None or self._tile.shape != shape:
            generator = np.random.default_rng(self._seed)
            self._tile = generator.standard_normal(shape, dtype=np.float32)
        return self._tile

    def _add_noise(self, signal: Floats, gain: float) -> None:
        """Add shot noise, which grows with the root of the light; gain amplifies it with the signal."""
        if not self._noise:
            return
        del gain
        tile = self.prepare(signal.shape)
        rows, columns = signal.shape[:2]
        shift = (self._frames * 7919 % rows, self._frames * 104729 % columns)
        grain = np.roll(tile, shift, axis=(0, 1))
        grain *= np.sqrt(np.maximum(signal, 0)) * np.float32(SHOT_NOISE) + np.float32(READ_NOISE)
        signal += grain * np.float32(self._noise)
        np.maximum(signal, 0, out=signal)

    def _through_lens(self, image: Image.Image) -> Image.Image:
        if self._blur_px:
            image = image.filter(ImageFilter.GaussianBlur(self._blur_px))
        if self._motion_px >= 1:
            pixels = np.asarray(image)
            steps = round(self._motion_px) + 1
            moved = np.zeros(pixels.shape, np.float32)
            for step in range(steps):
                moved += np.roll(pixels, step, axis=1)
            image = Image.fromarray((moved / np.float32(steps)).astype(np.uint8))
        return image


def _srgb_curve() -> NDArray[np.uint8]:
    """Return the curve from linear signal, 0..LEVELS-1, to 8-bit sRGB (IEC 61966-2-1)."""
    linear = np.arange(LEVELS) / (LEVELS - 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return cast("NDArray[np.uint8]", np.round(encoded * 255).astype(np.uint8))
