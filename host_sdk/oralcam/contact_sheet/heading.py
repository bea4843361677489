"""The text above and below the cards: whose photos these are, from which day, how far they came."""

from __future__ import annotations

from oralcam.contact_sheet.drawing import CAREFUL, FAINT, GOOD, INK, SOFT
from oralcam.contact_sheet.fonts import drawable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from oralcam.contact_sheet.drawing import Pen, Point
    from oralcam.contact_sheet.photo import SheetPhoto
    from oralcam.record import PatientContext

HEADING_HEIGHT = 104


def draw_heading(pen: Pen, x: float, width: float, photos: Sequence[SheetPhoto]) -> None:
    """Draw the patient on the left, day and state on the right."""
    patient = photos[0].record.patient
    pen.text((x, 26), _name(patient), 26, bold=True, room=width * 0.7)
    born = f"born {patient.birth_date.isoformat()}" if patient.birth_date else "birth date not known"
    pen.text((x, 64), f"{born}   ·   {patient.patient_id} at {patient.issuer}", 13, SOFT, room=width * 0.7)
    days = sorted({photo.record.date_of_service.isoformat() for photo in photos})
    right = x + width
    pen.text((right, 32), " to ".join(dict.fromkeys((days[0], days[-1]))), 18, INK, right=True)
    count = f"{len(photos)} photo{'' if len(photos) == 1 else 's'}"
    held = sum(bool(photo.confirmed) and not photo.waiting for photo in photos)
    if held == len(photos):
        taken = pen.text((right, 64), f"{count}, all confirmed", 13, GOOD, right=True)
        pen.tick((right - taken - 22, 62), 16, GOOD)
    else:
        pen.text((right, 64), f"{count}, {held} confirmed", 13, CAREFUL, right=True)


def draw_foot(pen: Pen, corner: Point, width: float, note: str) -> None:
    """Draw the small print."""
    pen.text(
        corner,
        note or "Made smaller for this page; the originals are kept as they left the sensor.",
        10,
        FAINT,
    )
    pen.text(
        (corner[0] + width, corner[1]),
        "oralcam: a verdict is on the photograph, never on the tooth",
        10,
        FAINT,
        right=True,
    )


def _name(patient: PatientContext) -> str:
    """Return the name in all writings that can be drawn here."""
    name = ", ".join(part for part in (patient.family_name, patient.given_name) if part)
    ideographs = " ".join(
        part for part in (patient.family_name_ideographic, patient.given_name_ideographic) if part
    )
    if name and ideographs and not drawable(ideographs):
        return name  # rather than empty boxes
    return "  ".join(part for part in (name, ideographs) if part)
