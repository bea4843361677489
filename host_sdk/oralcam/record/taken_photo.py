"""What is known of a photo before anybody knows whose it is: the camera's word, in the record's terms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from oralcam.errors import InvalidRecord
from oralcam.record.device import Device, Light
from oralcam.record.plain_text import between, check, plain_text
from oralcam.record.timestamps import settled


@dataclass(frozen=True, kw_only=True)
class TakenPhoto:
    """What the camera told of one photo. Raises `InvalidRecord`.

    `taken_at` is the middle of the exposure, off by at most `taken_at_uncertainty_s`; both are None for a
    photo taken before the camera's last reset. `pressed_at` is when the button went down, where that event
    came; a busy camera exposes later than that. `press_number` is None if a program asked for the photo.
    """

    capture_id: str
    taken_at: datetime | None
    taken_at_uncertainty_s: float | None
    device: Device
    jpeg_sha256: str
    jpeg_size: int
    width: int
    height: int
    press_number: int | None = None
    pressed_at: datetime | None = None
    light: Light = field(default_factory=Light)
    exposure_us: int | None = None
    gain: float | None = None
    tip_temperature_c: float | None = None

    def __post_init__(self) -> None:
        capture_id = plain_text(
            self.capture_id, "The capture's id", InvalidRecord, longest=64, required=True, never="\\"
        )
        object.__setattr__(self, "capture_id", capture_id)
        for name in ("taken_at", "pressed_at"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, settled(getattr(self, name), name))
        check(
            (
                (self.taken_at is None) == (self.taken_at_uncertainty_s is None),
                "taken_at and its uncertainty belong together",
            ),
            (between(0, self.taken_at_uncertainty_s, 1e9), "taken_at_uncertainty_s cannot be"),
            (bool(re.fullmatch("[0-9a-f]{64}", self.jpeg_sha256)), "jpeg_sha256 is no SHA-256"),
            (0 < self.jpeg_size < 1 << 32, "jpeg_size cannot be"),
            (0 < self.width < 1 << 16 and 0 < self.height < 1 << 16, "width or height cannot be"),
            (self.press_number is None or self.press_number > 0, "press_number cannot be"),
            (self.exposure_us is None or self.exposure_us >= 0, "exposure_us cannot be"),
            (between(0, self.gain, 1e6), "gain cannot be"),
            (between(-273.15, self.tip_temperature_c, 1000), "tip_temperature_c cannot be"),
        )
