"""The page: a heading for the patient, a card for each photo."""

from __future__ import annotations

import io

from oralcam.errors import InvalidRecord, MissingExtra

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from oralcam.contact_sheet.photo import SheetPhoto

COLUMNS = 3
QUALITY = 88  # of the page's JPEG


def contact_sheet(photos: Sequence[SheetPhoto], *, note: str = "") -> bytes:
    """Return the page as a JPEG: one patient's photos in the order given, `note` at its foot.

    Photos are turned as their records say and made smaller; a mirror's view stays one, and the card says so.
    Raises `InvalidRecord` for no photo or for photos of two patients, `MissingExtra` without Pillow.
    """
    if not photos:
        raise InvalidRecord("A contact sheet needs a photo.")
    patients = [photo.record.patient for photo in photos]
    if any(not patient.is_same_patient(patients[0]) for patient in patients):
        raise InvalidRecord("A contact sheet is of one patient: these photos are of several.")
    try:
        from PIL import Image

        from oralcam.contact_sheet.card import CARD_HEIGHT, CARD_WIDTH, draw_card
        from oralcam.contact_sheet.drawing import PAPER, SCALE, Pen
        from oralcam.contact_sheet.heading import HEADING_HEIGHT, draw_foot, draw_heading
    except ImportError as error:
        raise MissingExtra('A contact sheet needs Pillow: pip install "oralcam[image]".') from error
    margin, gap, foot = 32, 20, 48
    rows = -(-len(photos) // COLUMNS)
    width = 2 * margin + COLUMNS * CARD_WIDTH + (COLUMNS - 1) * gap
    height = HEADING_HEIGHT + rows * (CARD_HEIGHT + gap) - gap + foot
    page = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    pen = Pen(page)
    draw_heading(pen, margin, width - 2 * margin, photos)
    for place, photo in enumerate(photos):
        x = margin + place % COLUMNS * (CARD_WIDTH + gap)
        draw_card(pen, (x, HEADING_HEIGHT + place // COLUMNS * (CARD_HEIGHT + gap)), photo)
    draw_foot(pen, (margin, height - foot + 16), width - 2 * margin, note)
    out = io.BytesIO()
    page.save(out, "jpeg", quality=QUALITY, subsampling=0)
    return out.getvalue()
