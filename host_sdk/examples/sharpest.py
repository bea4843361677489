"""Keep the sharpest of several frames: a hand that trembles holds still for one of them."""

from itertools import cycle

import oralcam
from oralcam.emulator import Emulator
from oralcam.emulator.scene import Exposure, Frame, MouthScene


class TremblingHand:
    """A scene that moves by 12, 0, 8 and 16 pixels while a frame is exposed."""

    def __init__(self) -> None:
        self._scenes = cycle([MouthScene((1280, 720), motion_px=pixels) for pixels in (12, 0, 8, 16)])

    def expose(self, exposure: Exposure) -> Frame:
        """Return the next frame."""
        return next(self._scenes).expose(exposure)


for frames in (1, 4):
    with Emulator(scene=TremblingHand()) as emulator, oralcam.Camera.open(emulator) as camera:
        photo = camera.capture(sharpest_of=frames)
        print(f"sharpest of {frames}: sharpness {photo.quality().figures.sharpness:.0f}")
        photo.release()
