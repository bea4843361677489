"""The direction from which a photo was taken, and whether it shows a mirror.

Codes: DICOM CID 4062 to 4065, all SNOMED CT.
"""

from __future__ import annotations

from enum import Enum


class View(Enum):
    """The direction from which the photo was taken."""

    FRONTAL = "frontal"
    OCCLUSAL = "occlusal"
    RIGHT_LATERAL = "right_lateral"
    LEFT_LATERAL = "left_lateral"
    RIGHT_LATERAL_OBLIQUE = "right_lateral_oblique"
    LEFT_LATERAL_OBLIQUE = "left_lateral_oblique"
    LATERAL_OBLIQUE = "lateral_oblique"
    OBLIQUE = "oblique"
    OBLIQUE_45 = "oblique_45"
    SUBMENTOVERTICAL = "submentovertical"
    VERTEX = "vertex"

    @property
    def snomed_ct(self) -> str:
        """The code in SNOMED CT: from CID 4063 for the occlusal view, from CID 4062 for the others."""
        return _VIEWS[self.value][0]

    @property
    def meaning(self) -> str:
        """The words that stand beside the code."""
        return _VIEWS[self.value][1]


class Mirror(Enum):
    """Whether the picture was taken in a mirror, and whether it has been turned back since.

    Nothing here turns one.
    """

    NONE = "none"
    UNCORRECTED = "uncorrected"
    CORRECTED = "corrected"

    @property
    def snomed_ct(self) -> str | None:
        """The code of the view's modifier in SNOMED CT: from CID 4064 and 4065; None without a mirror."""
        return {"none": None, "uncorrected": "789135000", "corrected": "787610003"}[self.value]

    @property
    def meaning(self) -> str:
        """The words that stand beside the code."""
        return {
            "none": "not in a mirror",
            "uncorrected": "Mirrored visible image uncorrected",
            "corrected": "Mirrored photo image intraoral corrected",
        }[self.value]


_VIEWS = {
    "frontal": ("399033003", "frontal"),
    "occlusal": ("260499007", "Occlusal projection"),
    "right_lateral": ("399198007", "right lateral"),
    "left_lateral": ("399173006", "left lateral"),
    "right_lateral_oblique": ("260424009", "right lateral oblique"),
    "left_lateral_oblique": ("260421001", "left lateral oblique"),
    "lateral_oblique": ("260427002", "lateral oblique"),
    "oblique": ("399182000", "oblique"),
    "oblique_45": ("260454004", "45 degree projection"),
    "submentovertical": ("399255003", "submentovertical"),
    "vertex": ("260461000", "vertex"),
}
