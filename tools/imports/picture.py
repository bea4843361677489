"""`python -m tools.imports.picture`: docs/pictures/floors.svg, drawn from the import rules."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tools.imports.floors import Rules, read_rules

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURE = REPOSITORY / "docs/pictures/floors.svg"

WIDTH, MARGIN, GAP = 1120, 16, 6
SDK_WIDTH = 730
BOX, TITLE, LEGEND_HEIGHT = 30, 30, 56
PLAIN, CAMERA, PATIENTS, BOTH = "#ffffff", "#c9e8e4", "#fbdcc0", "#ead7f2"
# what each block is, and the colour behind it
ABOUT = {
    "hil_tests": ("hil_tests: one suite for every bench", "#eef0f4"),
    "tools": ("tools: generators, measurements, faults, testbeds", "#eef0f4"),
    "oralcam": ("oralcam: the SDK, on the computer", "#e4ecf7"),
    "camera_app": ("camera_app: the firmware, on the camera", "#efe9f7"),
    "boards": ("boards: hardware", "#efe9f7"),
    "drivers": ("drivers: chips and pins, for any board", "#efe9f7"),
    "oralcam_protocol": (
        "oralcam_protocol: what both sides run, and the schema it is generated from",
        "#f6f3df",
    ),
}
LEGEND = (
    (CAMERA, "knows cameras, and no patients"),
    (PATIENTS, "knows patients, and no cameras"),
    (BOTH, "joins the two"),
    (PLAIN, "is not bound so"),
)


def draw(rules: Rules) -> str:
    """Return the picture, SVG: who stands above whom; a box may import what stands below it."""
    inner = WIDTH - 2 * MARGIN
    right = MARGIN + SDK_WIDTH + 2 * GAP
    parts: list[str] = []
    top = MARGIN
    for package in ("hil_tests", "tools"):
        parts += _block(rules, package, MARGIN, top, inner)
        top += _height(rules.floors[package]) + 2 * GAP
    parts += _block(rules, "oralcam", MARGIN, top, SDK_WIDTH)
    left_bottom = top + _height(rules.floors["oralcam"])
    firmware = [floor for floor in rules.floors["camera_app"] if floor != ["wire"]]
    drivers = [floor if len(floor) <= 3 else [*floor[:2], "…"] for floor in rules.floors["drivers"]]
    for package, floors in (
        ("camera_app", firmware),
        ("boards", [["unix", "…"]]),
        ("drivers", [*drivers, ["camera_app.hal"]]),
    ):
        parts += _block(rules, package, right, top, WIDTH - MARGIN - right, floors)
        top += _height(floors) + 2 * GAP
    bottom = max(left_bottom + 2 * GAP, top)
    wire = [["schema"], ["wire"]]
    parts += _block(rules, "oralcam_protocol", MARGIN, bottom, inner, wire)
    bottom += _height(wire) + 2 * GAP
    parts += _legend(MARGIN, bottom)
    height = bottom + LEGEND_HEIGHT + MARGIN
    return "\n".join([*_head(height), *parts, "</svg>", ""])


def _head(height: int) -> Iterator[str]:
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
    yield ' font-family="Helvetica, Arial, sans-serif" font-size="14">'
    yield "<title>The packages on their floors: each may import what stands below it</title>"
    yield f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'


def _height(floors: list[list[str]]) -> int:
    return TITLE + len(floors) * (BOX + GAP) + GAP


def _block(
    rules: Rules, package: str, left: int, top: int, width: int, floors: list[list[str]] | None = None
) -> Iterator[str]:
    """One package: its title, and its floors from the top down."""
    floors = rules.floors[package] if floors is None else floors
    title, colour = ABOUT[package]
    yield _rectangle(left, top, width, _height(floors), colour, radius=8)
    yield _text(left + 12, top + 20, title, weight="bold")
    for number, floor in enumerate(floors):
        y = top + TITLE + number * (BOX + GAP)
        room = width - 2 * GAP
        box = (room - (len(floor) - 1) * GAP) / len(floor)
        for place, name in enumerate(floor):
            x = left + GAP + place * (box + GAP)
            yield _rectangle(x, y, box, BOX, _colour(rules, package, name), "#8a93a3")
            yield _text(x + box / 2, y + 20, name, anchor="middle")


def _colour(rules: Rules, package: str, name: str) -> str:
    module = f"{package}.{name}"
    if module in rules.camera:
        return CAMERA
    if module in rules.patients:
        return PATIENTS
    return BOTH if module in rules.both else PLAIN


def _legend(left: int, top: int) -> Iterator[str]:
    yield _text(
        left, top + 18, "A box may import what stands below it, never beside or above it.", weight="bold"
    )
    for number, (colour, meaning) in enumerate(LEGEND):
        x = left + number * (WIDTH - 2 * MARGIN) // len(LEGEND)
        yield _rectangle(x, top + 34, 28, 20, colour, "#8a93a3")
        yield _text(x + 40, top + 49, meaning)


def _rectangle(
    x: float, y: float, width: float, height: float, fill: str, stroke: str = "none", radius: int = 4
) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:.4g}" height="{height:g}" rx="{radius}"'
        f' fill="{fill}" stroke="{stroke}"/>'
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}" fill="#1d2430">'
        f"{escape(words)}</text>"
    )


def main(words: list[str] | None = None) -> int:
    """Draw, or with --check compare; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.imports.picture", description="Draw the import rules of pyproject.toml."
    )
    parser.add_argument("--check", action="store_true", help="exit 1 if the picture is not what they say")
    wanted = parser.parse_args(words)
    drawn = draw(read_rules(REPOSITORY / "pyproject.toml"))
    if not wanted.check:
        PICTURE.write_text(drawn, "utf-8")
        return 0
    if PICTURE.exists() and PICTURE.read_text("utf-8") == drawn:
        return 0
    print(f"{PICTURE.name} is not up to date: run python -m tools.imports.picture", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
