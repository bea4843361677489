"""Make the pictures of the documentation on the emulator: `python -m tools.pictures`."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from oralcam.emulator.scene import Exposure, MouthScene
from oralcam.lighting import PRESETS
from oralcam.quality import QualityReport, quality_of

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / "docs" / "pictures"
EXAMPLES = REPOSITORY / "host_sdk" / "examples"
SIZE = (960, 720)
STRIP = ("off", "anterior", "posterior")

QUALITY_SIZE = (1280, 720)
PANEL = (400, 225)
CAPTION = 62  # pixels of height below a panel
COLUMNS = 3
SHOWN = ("sharpness", "motion", "uniformity", "clipped_bright", "fog")
PAGE_WIDTH = 1200  # of a contact sheet, as it is shown
# preset, exposure in microseconds and gain, as in light_and_exposure.py
CAPTURES = (
    ("off", 10_000, 1.0),
    ("posterior", 10_000, 1.0),
    ("posterior", 20_000, 1.0),
    ("posterior", 10_000, 4.0),
)
INK, PAPER, WARNING = "#222222", "#ffffff", "#c04000"
# what was done to the picture; preset, exposure in microseconds, and how the scene is spoiled
SPOILED: dict[str, tuple[str, int, dict[str, Any]]] = {
    "good": ("even", 10_000, {}),
    "out of focus": ("even", 10_000, {"blur_px": 7.0}),
    "moved": ("even", 10_000, {"motion_px": 16.0}),
    "back not lit": ("anterior", 10_000, {}),
    "overexposed": ("even", 40_000, {}),
    "fogged": ("even", 10_000, {"fog": 0.5}),
}


def main() -> None:
    """Make every picture and say where it is."""
    argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__).parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, picture in (
        ("light.jpg", light()),
        ("quality.jpg", quality()),
        ("light_and_exposure.jpg", light_and_exposure()),
        ("before_and_after.jpg", before_and_after()),
    ):
        picture.save(FOLDER / name, quality=80)
        print(f"wrote {FOLDER / name}")


def light() -> Image.Image:
    """Return the mouth in three kinds of light, side by side."""
    scene = MouthScene(size=SIZE)
    frames = [_picture(_exposed(scene, preset)) for preset in STRIP]
    width, height = SIZE[0] // 2, SIZE[1] // 2
    strip = Image.new("RGB", (len(frames) * width, height))
    for place, frame in enumerate(frames):
        strip.paste(frame.resize((width, height), Image.Resampling.LANCZOS), (place * width, 0))
    return strip


def quality() -> Image.Image:
    """Return the mouth, well photographed and not, with its figures; what breaks a limit is coloured."""
    width, height = PANEL[0], PANEL[1] + CAPTION
    rows = -(-len(SPOILED) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * width, rows * height), PAPER)
    for place, (title, (preset, exposure_us, spoiled)) in enumerate(SPOILED.items()):
        jpeg = _exposed(MouthScene(QUALITY_SIZE, **spoiled), preset, exposure_us)
        corner = (place % COLUMNS * width, place // COLUMNS * height)
        sheet.paste(_picture(jpeg).resize(PANEL, Image.Resampling.LANCZOS), corner)
        _caption(ImageDraw.Draw(sheet), (corner[0] + 6, corner[1] + PANEL[1] + 4), title, quality_of(jpeg))
    return sheet


def light_and_exposure() -> Image.Image:
    """Return what the captures of light_and_exposure.py look like, side by side, each with its values."""
    scene = MouthScene(SIZE)
    width, height = 400, 300
    sheet = Image.new("RGB", (len(CAPTURES) * width, height + 30), PAPER)
    draw = ImageDraw.Draw(sheet)
    for place, (preset, exposure_us, gain) in enumerate(CAPTURES):
        picture = _picture(_exposed(scene, preset, exposure_us, gain))
        sheet.paste(picture.resize((width, height), Image.Resampling.LANCZOS), (place * width, 0))
        text = f"{preset}, {exposure_us // 1000} ms, gain {gain:g}"
        draw.text((place * width + 6, height + 5), text, INK, ImageFont.load_default(16))
    return sheet


def before_and_after() -> Image.Image:
    """Run before_and_after.py and return its page, made smaller."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ORALCAM_HOME": f"{folder}/home"}
        subprocess.run(
            [sys.executable, EXAMPLES / "before_and_after.py"], cwd=folder, env=environment, check=True
        )
        with Image.open(Path(folder, "before_and_after.jpg")) as page:
            height = round(page.height * PAGE_WIDTH / page.width)
            return page.resize((PAGE_WIDTH, height), Image.Resampling.LANCZOS)


def _caption(draw: ImageDraw.ImageDraw, corner: tuple[int, int], title: str, report: QualityReport) -> None:
    x, y = corner
    ink = INK if report.verdict == "ok" else WARNING
    draw.text((x, y), f"{title}: {report.verdict}", ink, ImageFont.load_default(16))
    font = ImageFont.load_default(12)
    shown = [finding for finding in report.findings if finding.figure in SHOWN]
    for number, finding in enumerate(shown):
        text = f"{finding.figure.replace('_', ' ')} {finding.value:.2g}"
        place = (x + number % COLUMNS * PANEL[0] / COLUMNS, y + 22 + number // COLUMNS * 16)
        draw.text(place, text, INK if finding.verdict == "ok" else WARNING, font)


def _exposed(scene: MouthScene, preset: str, exposure_us: int = 10_000, gain: float = 1.0) -> bytes:
    light_ma = {zone: 20 * level for zone, level in PRESETS[preset].items()}
    return scene.expose(Exposure(light_ma, exposure_us, gain)).jpeg


def _picture(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


if __name__ == "__main__":
    main()
