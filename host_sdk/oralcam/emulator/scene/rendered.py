"""Scenes that answer to light: the drawn mouth, and a user's own pictures taken as one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from oralcam.emulator.scene.exposure import Exposure, Frame
from oralcam.emulator.scene.files import picture_files
from oralcam.emulator.scene.mouth import draw_mouth
from oralcam.emulator.scene.sensor import Floats, Sensor, zone_maps
from oralcam.errors import InvalidScene

SIZE = (1280, 960)
SMALLEST = 32
LONGEST = 2592  # of a picture taken as a scene: what a 5-megapixel sensor has
BRIGHTEST = 0.85  # reflectance of a picture's white


class MouthScene:
    """A drawn mouth. `blur_px`, `motion_px` (along the rows) and `fog` (0..1, on the window) spoil the
    picture, `noise` scales the sensor's own.

    Raises `InvalidScene` for a size that no sensor has.
    """

    def __init__(
        self,
        size: tuple[int, int] = SIZE,
        seed: int = 0,
        blur_px: float = 0.0,
        motion_px: float = 0.0,
        noise: float = 1.0,
        fog: float = 0.0,
    ) -> None:
        if min(size) < SMALLEST or max(size) > LONGEST:
            raise InvalidScene(
                f"A picture of {size[0]} x {size[1]}: each side must be {SMALLEST}..{LONGEST}."
            )
        self._size = size
        self._seed = seed
        self._sensor = Sensor(seed, blur_px, motion_px, noise, fog)
        self._maps: dict[str, Floats] = {}

    def prepare(self) -> None:
        """Draw the mouth, and what else is the same in every frame."""
        subject = draw_mouth(*self._size, self._seed)
        self._maps = self._maps or zone_maps(subject.depth)
        self._sensor.prepare(subject.reflectance.shape)

    def expose(self, exposure: Exposure) -> Frame:
        """Return one frame of it. The first one draws the mouth, unless `prepare` has."""
        subject = draw_mouth(*self._size, self._seed)
        self._maps = self._maps or zone_maps(subject.depth)
        return self._sensor.expose(subject.reflectance, self._maps, exposure)


class PictureScene:
    """A picture, or a folder of them, one for each frame, taken as the mouth: relit and encoded again."""

    def __init__(
        self,
        path: str | Path,
        seed: int = 0,
        blur_px: float = 0.0,
        motion_px: float = 0.0,
        noise: float = 1.0,
        fog: float = 0.0,
    ) -> None:
        self._files = picture_files(path)
        for file in self._files:
            _check(file)
        self._next = 0
        self._sensor = Sensor(seed, blur_px, motion_px, noise, fog)
        self._loaded: tuple[Path, Floats, dict[str, Floats]] | None = None

    def expose(self, exposure: Exposure) -> Frame:
        """Return the next picture, in this light. Raises `InvalidScene` if its file has gone meanwhile."""
        file = self._files[self._next]
        self._next = (self._next + 1) % len(self._files)
        if self._loaded is None or self._loaded[0] != file:
            reflectance = _reflectance(file)
            self._loaded = (file, reflectance, zone_maps(_flat(reflectance)))
        _, reflectance, maps = self._loaded
        return self._sensor.expose(reflectance, maps, exposure)


def _flat(reflectance: Floats) -> Floats:
    """Return a flat depth: nobody knows how deep a picture is."""
    return np.full(reflectance.shape[:2], 0.2, np.float32)


def _check(file: Path) -> None:
    try:
        _reflectance(file)
    except Image.DecompressionBombError as error:
        raise InvalidScene(f"{file} has too many pixels: make it smaller.") from error


def _reflectance(file: Path) -> Floats:
    """Return a picture's colours as linear reflectance, (height, width, 3)."""
    try:
        with Image.open(file) as image:
            image.draft("RGB", (LONGEST, LONGEST))
            image.thumbnail((LONGEST, LONGEST))
            pixels: NDArray[np.uint8] = np.asarray(image.convert("RGB"))
    except UnidentifiedImageError as error:
        raise InvalidScene(f"{file} is not a picture: name a JPEG or PNG file.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise InvalidScene(f"The picture {file} is damaged or cut short ({error}).") from error
    steps = np.arange(256) / 255
    linear = np.where(steps <= 0.04045, steps / 12.92, ((steps + 0.055) / 1.055) ** 2.4) * BRIGHTEST
    return linear.astype(np.float32)[pixels]
