"""What a capture is taken with. Everything else that names a setting's range, unit or name is made from here.

`python -m tools.generate` writes the message Settings, the range that the camera checks, `camera.settings`
with its docstrings, and the tables. Settings are only ever appended, with `since_minor`:
docs/recipes/add-a-setting.md goes through it step by step.
"""

from __future__ import annotations

from construct import Int8ul, Int32ul

from oralcam_protocol.schema.vocabulary import Setting

SETTINGS = (
    Setting(
        "exposure_us",
        Int32ul,
        lowest=100,
        highest=100_000,
        default=10_000,
        unit="microseconds",
        purpose="How long the sensor gathers light.",
    ),
    Setting(
        "gain_milli",
        Int32ul,
        lowest=1000,
        highest=16_000,
        default=1000,
        name="gain",
        per_unit=1000,
        purpose="How many times the sensor amplifies what it gathered.",
    ),
    Setting(
        "jpeg_quality",
        Int8ul,
        lowest=50,
        highest=95,
        default=85,
        purpose="How much detail the JPEG keeps; more of it takes more bytes.",
    ),
    Setting(
        "button_lock",
        Int8ul,
        lowest=0,
        highest=1,
        default=0,
        name="button_locked",
        switch=True,
        purpose="Whether presses take no photo, for wiping the handpiece.",
    ),
)
