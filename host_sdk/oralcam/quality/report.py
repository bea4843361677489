"""The verdict on one photo."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal

from oralcam.quality.advice import advice
from oralcam.quality.figures import Figures
from oralcam.quality.profile import FIGURES, Limits, Profile

Verdict = Literal["ok", "warn", "fail", "not measured"]
SCHEMA_VERSION = 1
SEVERITY: tuple[Verdict, ...] = ("not measured", "ok", "warn", "fail")


@dataclass(frozen=True)
class Finding:
    """One number and what the profile says of it; `sentence` is empty if it is within its limits.

    `limit` is the limit that it broke. `value` is None, and the verdict "not measured", where there is
    nothing to measure: the white balance of a gray photo.
    """

    figure: str
    value: float | None
    verdict: Verdict
    limit: float | None = None
    sentence: str = ""


@dataclass(frozen=True)
class QualityReport:
    """The figures of a photo of `width` x `height` pixels, judged by `profile`.

    It describes the photograph only.
    """

    figures: Figures
    profile: Profile
    width: int
    height: int

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, one for each number, in the order of `profile.FIGURES`."""
        numbers = self.figures.numbers()
        return tuple(self._finding(name, numbers[name]) for name in FIGURES)

    @property
    def verdict(self) -> Verdict:
        """The worst of the findings."""
        return max((finding.verdict for finding in self.findings), key=SEVERITY.index)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to do: a sentence for each finding that is not ok, and none twice."""
        return tuple(dict.fromkeys(each.sentence for each in self.findings if each.sentence))

    def as_dict(self) -> dict[str, object]:
        """Return verdict, findings, all figures with their details, and the profile, ready for JSON."""
        return {
            "schema_version": SCHEMA_VERSION,
            "verdict": self.verdict,
            "profile": {"name": self.profile.name, "version": self.profile.version},
            "width": self.width,
            "height": self.height,
            "findings": [asdict(finding) for finding in self.findings],
            "details": {
                name: value._asdict() if hasattr(value, "_asdict") else value
                for name, value in vars(self.figures).items()
            },
        }

    def to_json(self) -> str:
        """Return `as_dict` as a JSON document of one line."""
        return json.dumps(self.as_dict(), allow_nan=False)

    def _finding(self, name: str, value: float | None) -> Finding:
        if value is None:
            return Finding(name, None, "not measured")
        limits = self.profile.limits.get(name, Limits())
        if limits.fail_below is not None and value < limits.fail_below:
            return Finding(name, value, "fail", limits.fail_below, advice(name, "below", self.figures))
        if limits.fail_above is not None and value > limits.fail_above:
            return Finding(name, value, "fail", limits.fail_above, advice(name, "above", self.figures))
        if limits.warn_below is not None and value < limits.warn_below:
            return Finding(name, value, "warn", limits.warn_below, advice(name, "below", self.figures))
        if limits.warn_above is not None and value > limits.warn_above:
            return Finding(name, value, "warn", limits.warn_above, advice(name, "above", self.figures))
        return Finding(name, value, "ok")
