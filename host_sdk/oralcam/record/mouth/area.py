"""Places in or around the mouth that are no teeth."""

from __future__ import annotations

import re
from enum import Enum


class Area(Enum):
    """A named area in or around the mouth."""

    FULL_MOUTH = "full_mouth"
    UPPER_ARCH = "upper_arch"
    LOWER_ARCH = "lower_arch"
    UPPER_RIGHT_QUADRANT = "upper_right_quadrant"
    UPPER_LEFT_QUADRANT = "upper_left_quadrant"
    LOWER_LEFT_QUADRANT = "lower_left_quadrant"
    LOWER_RIGHT_QUADRANT = "lower_right_quadrant"
    UPPER_RIGHT_SEXTANT = "upper_right_sextant"
    UPPER_ANTERIOR_SEXTANT = "upper_anterior_sextant"
    UPPER_LEFT_SEXTANT = "upper_left_sextant"
    LOWER_LEFT_SEXTANT = "lower_left_sextant"
    LOWER_ANTERIOR_SEXTANT = "lower_anterior_sextant"
    LOWER_RIGHT_SEXTANT = "lower_right_sextant"
    SOFT_TISSUE = "soft_tissue"
    TONGUE_TOP = "tongue_top"
    TONGUE_UNDERSIDE = "tongue_underside"
    TONGUE_RIGHT_BORDER = "tongue_right_border"
    TONGUE_LEFT_BORDER = "tongue_left_border"
    FLOOR_OF_MOUTH = "floor_of_mouth"
    HARD_PALATE = "hard_palate"
    SOFT_PALATE = "soft_palate"
    OROPHARYNX = "oropharynx"
    RIGHT_CHEEK = "right_cheek"
    LEFT_CHEEK = "left_cheek"
    UPPER_GINGIVA = "upper_gingiva"
    LOWER_GINGIVA = "lower_gingiva"
    UPPER_LIP = "upper_lip"
    LOWER_LIP = "lower_lip"
    UPPER_VESTIBULE = "upper_vestibule"
    LOWER_VESTIBULE = "lower_vestibule"
    UPPER_FRENULUM = "upper_frenulum"
    LOWER_FRENULUM = "lower_frenulum"
    LINGUAL_FRENULUM = "lingual_frenulum"
    FACE = "face"
    RIGHT_PROFILE = "right_profile"
    LEFT_PROFILE = "left_profile"
    SMILE = "smile"
    APPLIANCE = "appliance"
    EXTRA_ORAL = "extra_oral"

    @property
    def label(self) -> str:
        """The area's name for people."""
        return self.value.replace("_", " ")

    @property
    def kind(self) -> str:
        """The sort of area: mouth, arch, quadrant, sextant, soft_tissue or extra_oral."""
        if self is Area.FULL_MOUTH:
            return "mouth"
        for ending in ("arch", "quadrant", "sextant"):
            if self.value.endswith(f"_{ending}"):
                return ending
        return "extra_oral" if self in _EXTRA_ORAL else "soft_tissue"

    @property
    def iso3950(self) -> str | None:
        """The area of the oral cavity in ISO 3950, two digits, as claims use it; None where it has none."""
        return _ISO_3950.get(self.value)

    @property
    def right(self) -> bool | None:
        """True on the patient's right, False on the left, None for both sides or the middle."""
        words = self.value.split("_")
        return True if "right" in words else False if "left" in words else None

    @property
    def upper(self) -> bool | None:
        """True in the upper jaw, False in the lower jaw, None in neither."""
        words = self.value.split("_")
        return True if "upper" in words else False if "lower" in words else None

    @classmethod
    def parse(cls, text: str) -> Area | None:
        """Return the area that people call so ("UR quadrant", "tongue"), or None if none is called so."""
        name = re.sub(r"[\s_-]+", "_", text.strip().lower())
        for short, long in _SHORT.items():
            name = re.sub(rf"(?<![a-z]){short}(?![a-z])", long, name)
        try:
            return cls(name)
        except ValueError:
            return _ALSO.get(name)


_EXTRA_ORAL = frozenset(
    (Area.FACE, Area.RIGHT_PROFILE, Area.LEFT_PROFILE, Area.SMILE, Area.APPLIANCE, Area.EXTRA_ORAL)
)
_ISO_3950 = {
    "full_mouth": "00",
    "upper_arch": "01",
    "lower_arch": "02",
    "upper_right_sextant": "03",
    "upper_anterior_sextant": "04",
    "upper_left_sextant": "05",
    "lower_left_sextant": "06",
    "lower_anterior_sextant": "07",
    "lower_right_sextant": "08",
    "upper_right_quadrant": "10",
    "upper_left_quadrant": "20",
    "lower_left_quadrant": "30",
    "lower_right_quadrant": "40",
}
_SHORT = {
    "ur": "upper_right",
    "ul": "upper_left",
    "ll": "lower_left",
    "lr": "lower_right",
    "maxillary": "upper",
    "mandibular": "lower",
    "extraoral": "extra_oral",
}
_ALSO = {
    "mouth": Area.FULL_MOUTH,
    "entire_oral_cavity": Area.FULL_MOUTH,
    "tongue": Area.TONGUE_TOP,
    "palate": Area.HARD_PALATE,
    "maxilla": Area.UPPER_ARCH,
    "mandible": Area.LOWER_ARCH,
    "upper": Area.UPPER_ARCH,
    "lower": Area.LOWER_ARCH,
}
