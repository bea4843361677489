"""Where a target is in the picture, as the bench's description says."""

from __future__ import annotations

from hil_tests.errors import BenchError
from hil_tests.optics.region import Region
from oralcam.files.toml_table import Table

SIDES = ("left", "top", "right", "bottom")


def region_from(table: Table) -> Region:
    """Read `region`: its sides as parts of the picture. Raises `BenchError` if it is inside out."""
    sides = table.numbers("region", SIDES)
    region = Region(*(sides[side] for side in SIDES))
    if not (0 <= region.left < region.right <= 1 and 0 <= region.top < region.bottom <= 1):
        raise BenchError(
            f"{table.place} region must have left before right and top before bottom, each from 0 to 1."
        )
    return region
