"""From a JPEG to its report."""

from __future__ import annotations

import os

from oralcam.quality.decoding import decode
from oralcam.quality.figures import figures_of
from oralcam.quality.profile import DEFAULT, Profile
from oralcam.quality.report import QualityReport

ProfileSource = Profile | str | os.PathLike[str] | None


def quality_of(jpeg: bytes, profile: ProfileSource = None) -> QualityReport:
    """Decode the photo once, measure it and judge it by `profile`.

    `profile` is one of the package's by name, a JSON file, or a `Profile`; None is "general". Raises
    `DamagedJpeg`, `UnsupportedJpeg`, `InvalidProfile`.
    """
    judge = profile if isinstance(profile, Profile) else Profile.load(DEFAULT if profile is None else profile)
    pixels = decode(jpeg)
    return QualityReport(figures_of(pixels, judge), judge, pixels.width, pixels.height)
