"""A pen for pages: boxes, marks and lines of text, in points of which `SCALE` pixels are one."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageOps

from oralcam.contact_sheet.fonts import readable

SCALE = 2
PAPER, CARD, LINE = "#eef1f3", "#ffffff", "#d9dfe3"
INK, SOFT, FAINT = "#1c2a33", "#51626d", "#8896a0"
GOOD, CAREFUL, BAD = "#1f7a4d", "#b26a00", "#b3261e"
LIGHT, UNLIT = "#e8a317", "#e6eaed"
ELLIPSIS = "…"

Point = tuple[float, float]


class Pen:
    """A pen that draws on one page."""

    def __init__(self, page: Image.Image) -> None:
        self._page = page
        self._draw = ImageDraw.Draw(page)

    def box(self, corner: Point, size: Point, fill: str, *, radius: float = 0, outline: str = "") -> None:
        """Draw a filled rectangle with round corners."""
        (x, y), (width, height) = corner, size
        edges = [value * SCALE for value in (x, y, x + width, y + height)]
        self._draw.rounded_rectangle(edges, radius * SCALE, fill, outline or None, SCALE)

    def text(
        self,
        corner: Point,
        text: str,
        size: float,
        ink: str = INK,
        *,
        bold: bool = False,
        room: float | None = None,
        right: bool = False,
    ) -> float:
        """Draw one line, shortened to `room`, and return its width.

        `right` makes the corner its upper right one.
        """
        shown, font = readable(text, round(size * SCALE), bold)
        if room is not None:
            cut = shown
            while cut and font.getlength(shown) > room * SCALE:
                cut = cut[:-1].rstrip()
                shown = cut + readable(ELLIPSIS, round(size * SCALE), bold)[0]
        width = font.getlength(shown) / SCALE
        x, y = corner
        ascent, _ = font.getmetrics()
        # by the baseline: lines of fonts with other heights stand level
        place = ((x - width if right else x) * SCALE, (y + size) * SCALE if ascent else y * SCALE)
        self._draw.text(place, shown, ink, font, anchor="ls")
        return width

    def lines(self, text: str, size: float, room: float, most: int) -> list[str]:
        """Break the text into lines that fit. What does not fit is in the last one, for `text` to shorten."""
        found, words = [""], text.split()
        while words:
            shown, font = readable(f"{found[-1]} {words[0]}".strip(), round(size * SCALE))
            if not found[-1] or font.getlength(shown) <= room * SCALE or len(found) == most:
                found[-1] = f"{found[-1]} {words.pop(0)}".strip()
            else:
                found.append("")
        return found

    def tick(self, corner: Point, size: float, fill: str) -> None:
        """Draw a disc with a check mark."""
        self._disc(corner, size, fill, [(0.27, 0.53), (0.44, 0.69), (0.74, 0.34)])

    def pending(self, corner: Point, size: float, fill: str) -> None:
        """Draw a disc with the hands of a clock."""
        self._disc(corner, size, fill, [(0.5, 0.24), (0.5, 0.54), (0.7, 0.66)])

    def warning(self, corner: Point, size: float, fill: str) -> None:
        """Draw a disc with an exclamation mark."""
        self._disc(corner, size, fill, [(0.5, 0.22), (0.5, 0.56)], [(0.5, 0.70), (0.5, 0.79)])

    def _disc(self, corner: Point, size: float, fill: str, *strokes: list[Point]) -> None:
        fine = 4  # drawn larger and made smaller: round edges
        side = round(size * SCALE) * fine
        disc = Image.new("RGBA", (side, side))
        draw = ImageDraw.Draw(disc)
        draw.ellipse([0, 0, side - 1, side - 1], fill)
        for stroke in strokes:
            draw.line([(x * side, y * side) for x, y in stroke], "#ffffff", side // 9, joint="curve")
        disc = disc.resize((side // fine, side // fine), Image.Resampling.LANCZOS)
        self._page.paste(disc, (round(corner[0] * SCALE), round(corner[1] * SCALE)), disc)

    def picture(self, corner: Point, size: Point, picture: Image.Image, radius: float) -> None:
        """Draw the whole picture within `size`, on black where its shape is another."""
        width, height = round(size[0] * SCALE), round(size[1] * SCALE)
        fitted = ImageOps.contain(picture, (width, height), Image.Resampling.LANCZOS)
        frame = Image.new("RGB", (width, height), "#101416")
        frame.paste(fitted, ((width - fitted.width) // 2, (height - fitted.height) // 2))
        mask = Image.new("L", (width, height))
        edges = (0, 0, width - 1, height + radius * SCALE)  # round above only
        ImageDraw.Draw(mask).rounded_rectangle(edges, radius * SCALE, 255)
        self._page.paste(frame, (round(corner[0] * SCALE), round(corner[1] * SCALE)), mask)
