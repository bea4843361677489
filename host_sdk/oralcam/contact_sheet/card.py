"""One photo's card: the picture, where in the mouth, why, when, in which light, and which sinks hold it."""

from __future__ import annotations

import io

from PIL import Image

from oralcam.contact_sheet.drawing import BAD, CARD, CAREFUL, FAINT, GOOD, INK, LIGHT, LINE, SOFT, UNLIT
from oralcam.record import Mirror

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from oralcam.contact_sheet.drawing import Pen, Point
    from oralcam.contact_sheet.photo import SheetPhoto
    from oralcam.quality import QualityReport
    from oralcam.record import CaptureRecord

    Mark = tuple[Callable[[Point, float, str], None], str, str]  # what draws it, its text, its colour

CARD_WIDTH, CARD_HEIGHT = 368, 484
PICTURE_HEIGHT = 276
PADDING = 16
ROOM = CARD_WIDTH - 2 * PADDING
# EXIF's orientations 2..8 as what has to be done for looking at the picture
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def draw_card(pen: Pen, corner: Point, photo: SheetPhoto) -> None:
    """Draw a card of `CARD_WIDTH` x `CARD_HEIGHT` at `corner`."""
    (x, y), record = corner, photo.record
    pen.box(corner, (CARD_WIDTH, CARD_HEIGHT), CARD, radius=10, outline=LINE)
    pen.picture(corner, (CARD_WIDTH, PICTURE_HEIGHT), _turned(photo), 10)
    left, top = x + PADDING, y + PICTURE_HEIGHT + 12
    site = record.site
    pen.text(
        (left, top), site.label if site else "no site yet", 16, INK if site else CAREFUL, bold=True, room=ROOM
    )
    for number, line in enumerate(pen.lines(record.reason or "no reason given yet", 12, ROOM, 2)):
        pen.text((left, top + 26 + 17 * number), line, 12, INK if record.reason else CAREFUL, room=ROOM)
    pen.text((left, top + 66), _when(record), 11, SOFT, room=ROOM)
    _light(pen, (left, top + 90), record)
    pen.box((left, top + 128), (ROOM, 1), LINE)
    _marks(pen, (left, top + 139), photo)
    pen.text((left, top + 172), f"SHA-256 {record.jpeg_sha256[:16]}…", 9.5, FAINT)
    pen.text((left + ROOM, top + 172), f"record {record.record_id[:8]}", 9.5, FAINT, right=True)


def _turned(photo: SheetPhoto) -> Image.Image:
    with Image.open(io.BytesIO(photo.jpeg)) as opened:
        picture = opened.convert("RGB")
    turn = TURNS.get(photo.record.orientation)
    return picture if turn is None else picture.transpose(turn)


def _when(record: CaptureRecord) -> str:
    parts = [f"{record.taken_at:%H:%M:%S} ± {max(1, round(record.taken_at_uncertainty_s * 1000))} ms"]
    if record.press_number is not None:
        parts.append(f"press {record.press_number}")
    if record.site is not None and record.site.mirror is not Mirror.NONE:
        parts.append(f"mirror view, {record.site.mirror.value}")
    return "   ·   ".join(parts)


def _light(pen: Pen, corner: Point, record: CaptureRecord) -> None:
    """Draw a bar for each zone, as long as the zone was bright."""
    x, y = corner
    zones = list(record.light.zones.items())[:4]
    if not zones:
        pen.text(corner, "light not known", 11, SOFT)
        return
    gap = 12
    width = (ROOM - gap * (len(zones) - 1)) / len(zones)
    for place, (zone, (level, _)) in enumerate(zones):
        left = x + place * (width + gap)
        pen.text((left, y), zone.replace("_", " "), 9.5, SOFT, room=width - 28)
        pen.text((left + width, y), f"{level:.0%}", 9.5, SOFT, right=True)
        pen.box((left, y + 17), (width, 5), UNLIT, radius=2.5)
        if level > 0:
            pen.box((left, y + 17), (max(5.0, width * min(level, 1.0)), 5), LIGHT, radius=2.5)


def _marks(pen: Pen, corner: Point, photo: SheetPhoto) -> None:
    """Draw which sinks hold it, which do not yet, and the verdict; as many marks as there is room for."""
    x, y = corner
    end = x + ROOM
    marks: list[Mark] = [(pen.tick, name, GOOD) for name in photo.confirmed]
    marks += [(pen.pending, name, CAREFUL) for name in photo.waiting]
    if photo.quality is not None:
        marks.append(_verdict(pen, photo.quality))
    for draw, text, colour in marks:
        if x > end - 40:
            break
        draw((x, y), 15, colour)
        x += 20 + pen.text((x + 20, y + 1), text, 11, colour, room=end - x - 20) + 14


def _verdict(pen: Pen, report: QualityReport) -> Mark:
    """Return the mark for a verdict: what draws it, its text, its colour."""
    if report.verdict == "ok":
        return pen.tick, "picture good", GOOD
    if report.verdict == "not measured":
        return pen.warning, "picture not judged", CAREFUL
    found = [
        finding.figure.replace("_", " ")
        for finding in report.findings
        if finding.verdict not in ("ok", "not measured")
    ]
    return pen.warning, f"look at: {', '.join(found)}", BAD if report.verdict == "fail" else CAREFUL
