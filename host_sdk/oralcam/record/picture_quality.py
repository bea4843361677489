"""How good a photo is as a picture, measured when it was filed. It describes the picture, never the tooth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from oralcam.errors import InvalidRecord
from oralcam.record.plain_text import check, plain_text

MOST_FIGURES = 64
MOST_WARNINGS = 32


class Verdict(Enum):
    """The worst verdict of all figures; NOT_MEASURED where the picture could not be looked at."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class PictureQuality:
    """The verdict and the figures of one photo, judged by one version of a profile. Raises `InvalidRecord`.

    `warnings` say what to do, a sentence each. `figures` are by name, None where there was nothing to measure
    (the white balance of a gray photo). `why_not` is a sentence if the photo could not be judged.
    """

    verdict: Verdict
    profile: str = ""
    profile_version: int = 0
    warnings: tuple[str, ...] = ()
    figures: Mapping[str, float | None] = field(default_factory=dict, hash=False)
    why_not: str = ""

    def __post_init__(self) -> None:
        check(
            (
                (self.verdict is Verdict.NOT_MEASURED) == bool(self.why_not),
                "A quality that was not measured says why, and no other does",
            ),
            (self.profile_version >= 0, "The quality's profile has a version that cannot be"),
            (len(self.figures) <= MOST_FIGURES, "The quality has more figures than there are"),
            (len(self.warnings) <= MOST_WARNINGS, "The quality has more warnings than there are"),
            (
                all(value is None or math.isfinite(value) for value in self.figures.values()),
                "A figure of the quality is not a finite number",
            ),
        )
        for name, longest in (("profile", 64), ("why_not", 1000)):
            text = plain_text(getattr(self, name), "A text of the quality", InvalidRecord, longest=longest)
            object.__setattr__(self, name, text)
        said = tuple(
            plain_text(one, "A warning of the quality", InvalidRecord, longest=1000, required=True)
            for one in self.warnings
        )
        object.__setattr__(self, "warnings", said)
        figures = {
            plain_text(name, "A figure of the quality", InvalidRecord, longest=64, required=True): None
            if value is None
            else float(value)
            for name, value in self.figures.items()
        }
        object.__setattr__(self, "figures", MappingProxyType(figures))

    @classmethod
    def of_report(cls, report: Mapping[str, Any]) -> PictureQuality:
        """Return the quality from what `QualityReport.as_dict` says."""
        findings = report["findings"]
        return cls(
            Verdict(report["verdict"]),
            report["profile"]["name"],
            report["profile"]["version"],
            tuple(dict.fromkeys(each["sentence"] for each in findings if each["sentence"])),
            {each["figure"]: each["value"] for each in findings},
        )

    @classmethod
    def unknown(cls, why_not: str) -> PictureQuality:
        """Return the quality of a picture that could not be looked at; `why_not` is a sentence."""
        return cls(Verdict.NOT_MEASURED, why_not=why_not)
