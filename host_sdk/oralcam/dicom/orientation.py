"""Which way up: DICOM's PatientOrientation, from the view and from how the camera was held.

DICOM has no flag that turns a photograph. PatientOrientation (PS3.3 section C.7.6.1.1.1) says towards which
side of the patient the rows and the columns run; a viewer that cares turns the picture by it. The pixels, and
the JPEG that holds them, stay as the sensor sent them.

The rule: a view has an upright picture, and EXIF's orientation says how the stored pixels differ from it.
Views that look at the patient from one side have one. An occlusal view has none, nor has a picture in a
mirror that was not turned back: there the attribute is empty, which it may be. EXIF's number is kept in the
object in any case (`oralcam.dicom.maker_note`).
"""

from __future__ import annotations

from oralcam.record.mouth.view import Mirror, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.record import Site

OPPOSITE = {"L": "R", "R": "L", "A": "P", "P": "A", "F": "H", "H": "F"}

# where the rows (to the right) and the columns (down) of the upright picture run
UPRIGHT = {
    View.FRONTAL: ("L", "F"),
    View.RIGHT_LATERAL: ("A", "F"),
    View.LEFT_LATERAL: ("P", "F"),
    View.RIGHT_LATERAL_OBLIQUE: ("A", "F"),
    View.LEFT_LATERAL_OBLIQUE: ("P", "F"),
}


def patient_orientation(site: Site | None, exif: int) -> list[str]:
    """Return the directions of rows and columns of the stored pixels, as ["L", "F"]; [] if unknown.

    `exif` is 1..8: where row 0 and column 0 of the stored pixels are in the upright picture (TIFF 6.0).

    >>> from oralcam.record import Area, Site
    >>> patient_orientation(Site(area=Area.FULL_MOUTH, view=View.FRONTAL), 6)
    ['F', 'R']
    """
    if site is None or site.view not in UPRIGHT or site.mirror is Mirror.UNCORRECTED:
        return []
    right, down = UPRIGHT[site.view]
    left, up = OPPOSITE[right], OPPOSITE[down]
    return {
        1: [right, down],
        2: [left, down],
        3: [left, up],
        4: [right, up],
        5: [down, right],
        6: [down, left],
        7: [up, left],
        8: [up, right],
    }[exif]
