"""Sentences that say what is wrong with a picture and what to do about it.

They describe the photograph only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from oralcam.quality.figures import Figures
from oralcam.quality.uniformity import Uniformity

Side = Literal["below", "above"]

DARK_SIDE = 0.5  # a side with less than half the middle's light is what makes the picture uneven
ALONG = {
    0: "from side to side",
    45: "along a falling diagonal",
    90: "up and down",
    135: "along a rising diagonal",
}


def advice(figure: str, side: Side, figures: Figures) -> str:
    """Return the sentence for a figure beyond a limit on one side; a plain one where no profile sets
    a limit.
    """
    text = SENTENCES.get((figure, side))
    if text is None:
        return f"The picture's {figure.replace('_', ' ')} is {side} its limit: look at it before you keep it."
    return text if isinstance(text, str) else text(figures)


def _uneven(figures: Figures) -> str:
    left, right = _sides(figures.uniformity)
    if left and right:
        return "The picture is dark at the back, on both sides: raise the posterior light."
    if left or right:
        # held upright and without a mirror, the patient's left is at the picture's right
        here, zone = ("left", "posterior_right") if left else ("right", "posterior_left")
        return f"The picture is dark at its {here}: raise the light {zone}, or turn the tip towards it."
    return "The picture is unevenly lit: raise the light of its darker part, or hold the tip square to it."


def _sides(uniformity: Uniformity) -> tuple[bool, bool]:
    """Tell whether the left and the right third are dark beside the brightest third."""
    thirds = [sum(column) for column in zip(*uniformity.blocks, strict=True)]
    return thirds[0] < DARK_SIDE * max(thirds), thirds[2] < DARK_SIDE * max(thirds)


def _blurred(figures: Figures) -> str:
    """Return the sentence on blur.

    Half of a picture in the dark makes the rest's contrast so coarse that it reads as blurred.
    """
    if any(_sides(figures.uniformity)):
        return "The picture is blurred, or too unevenly lit to tell: light it evenly, then look again."
    return "The picture is blurred: keep the distance that the lens is set to, hold still, and take it again."


def _smeared(figures: Figures) -> str:
    along = ALONG[figures.motion.direction]
    return f"The picture is smeared {along}: rest the hand or shorten the exposure, and take it again."


def _cast(figures: Figures) -> str:
    balance = figures.white_balance
    if balance is None:
        return ""
    if abs(balance.blue) > abs(balance.red):
        tint = "bluish" if balance.blue > 0 else "yellowish"
    else:
        tint = "reddish" if balance.red > 0 else "greenish"
    return f"White is {tint} in the picture: set the white balance, and keep other lamps out of the mouth."


SENTENCES: dict[tuple[str, Side], str | Callable[[Figures], str]] = {
    ("sharpness", "below"): _blurred,
    ("exposure_p5", "below"): "Parts of the picture are nearly black: light them too, or come nearer.",
    ("exposure_p50", "below"): "The picture is dark: raise the light or lengthen the exposure.",
    ("exposure_p50", "above"): "The picture is too bright: lower the light or shorten the exposure.",
    ("exposure_p95", "below"): "Nothing in the picture is bright: raise the light or lengthen the exposure.",
    ("exposure_p95", "above"): "Bright parts are white: lower the light or shorten the exposure.",
    ("clipped_dark", "above"): "Parts of the picture are black, without detail: raise the light there.",
    ("clipped_bright", "above"): (
        "Parts of the picture are overexposed, without detail: lower the light or shorten the exposure."
    ),
    ("uniformity", "below"): _uneven,
    ("glare", "above"): "Wet surfaces mirror the lamps: dry them or tilt the tip, and take it again.",
    ("white_balance", "above"): _cast,
    ("motion", "above"): _smeared,
    ("fog", "above"): "A veil lies over the picture: warm and wipe the window or mirror, and take it again.",
}
