"""All figures of one photo, measured together."""

from __future__ import annotations

from dataclasses import dataclass

from oralcam.quality.clipping import Clipping, clipping
from oralcam.quality.exposure import Exposure, exposure
from oralcam.quality.fog import fog
from oralcam.quality.glare import glare
from oralcam.quality.motion import Motion, motion
from oralcam.quality.pixels import Pixels
from oralcam.quality.profile import Profile
from oralcam.quality.sharpness import sharpness
from oralcam.quality.uniformity import Uniformity, uniformity
from oralcam.quality.white_balance import WhiteBalance, white_balance


@dataclass(frozen=True)
class Figures:
    """The figures of one photo.

    The function of its name says what each means, in which unit and range, and what it cannot tell.
    `white_balance` is None for a gray photo.
    """

    sharpness: float
    exposure: Exposure
    clipping: Clipping
    uniformity: Uniformity
    glare: float
    white_balance: WhiteBalance | None
    motion: Motion
    fog: float

    def numbers(self) -> dict[str, float | None]:
        """Return the numbers that a profile can limit, by the names of `profile.FIGURES`."""
        return {
            "sharpness": self.sharpness,
            "exposure_p5": self.exposure.p5,
            "exposure_p50": self.exposure.p50,
            "exposure_p95": self.exposure.p95,
            "clipped_dark": self.clipping.dark,
            "clipped_bright": self.clipping.bright,
            "uniformity": self.uniformity.ratio,
            "glare": self.glare,
            "white_balance": None if self.white_balance is None else self.white_balance.deviation,
            "motion": self.motion.amount,
            "fog": self.fog,
        }


def figures_of(pixels: Pixels, profile: Profile) -> Figures:
    """Measure a photo. Only the flat field and the neutral colour of the profile count here."""
    return Figures(
        sharpness(pixels),
        exposure(pixels),
        clipping(pixels),
        uniformity(pixels, profile.flat_field),
        glare(pixels),
        white_balance(pixels, profile.neutral),
        motion(pixels),
        fog(pixels),
    )
