"""A scene: what the camera sees while a hand leads it through the drawn mouth, a part of it, near."""

from __future__ import annotations

import io

from PIL import Image

from oralcam.emulator.scene import Exposure, Frame, MouthScene
from oralcam.emulator.scene.exposure import ZONES

MOUTH = (1792, 1344)
VIEW = (800, 600)


class CloseUps:
    """A scene of a part of the mouth. Move the camera with `look_at`."""

    def __init__(self) -> None:
        self._mouth = MouthScene(MOUTH)
        self._corner = (0, 0)
        self.look_at(0.5, 0.5)
        self.expose(Exposure(dict.fromkeys(ZONES, 0.0), 1, 1.0))  # which draws the mouth: it takes a while

    def look_at(self, x: float, y: float) -> None:
        """Look at a place in parts of the mouth's width and height; the view stays within it."""
        middle = (x * MOUTH[0], y * MOUTH[1])
        left, top = (
            round(min(max(at - view / 2, 0), mouth - view))
            for at, view, mouth in zip(middle, VIEW, MOUTH, strict=True)
        )
        self._corner = (left, top)

    def expose(self, exposure: Exposure) -> Frame:
        """Return the part of the mouth that the camera looks at."""
        left, top = self._corner
        whole = self._mouth.expose(exposure)
        out = io.BytesIO()
        with Image.open(io.BytesIO(whole.jpeg)) as mouth:
            part = mouth.crop((left, top, left + VIEW[0], top + VIEW[1]))
            part.save(out, "jpeg", quality=exposure.jpeg_quality, subsampling="4:2:2")
        return Frame(out.getvalue(), *VIEW)
