"""Make the pictures of the documentation from the emulated scene: `python -m tools.pictures`."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image

from oralcam.emulator.scene import Exposure, MouthScene
from oralcam.lighting import PRESETS

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZE = (960, 720)
STRIP = ("off", "anterior", "posterior")


def main() -> None:
    """Entry point."""
    argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__).parse_args()
    scene = MouthScene(size=SIZE)
    frames = [_picture(scene, preset) for preset in STRIP]
    width, height = SIZE[0] // 2, SIZE[1] // 2
    strip = Image.new("RGB", (len(frames) * width, height))
    for place, frame in enumerate(frames):
        strip.paste(frame.resize((width, height), Image.Resampling.LANCZOS), (place * width, 0))
    FOLDER.mkdir(parents=True, exist_ok=True)
    strip.save(FOLDER / "light.jpg", quality=80)
    print(f"wrote {FOLDER / 'light.jpg'}")


def _picture(scene: MouthScene, preset: str) -> Image.Image:
    light_ma = {zone: 20 * level for zone, level in PRESETS[preset].items()}
    return Image.open(io.BytesIO(scene.expose(Exposure(light_ma, exposure_us=10_000, gain=1.0)).jpeg))


if __name__ == "__main__":
    main()
