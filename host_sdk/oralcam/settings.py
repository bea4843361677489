"""What captures are taken with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oralcam.errors import InvalidSetting
from oralcam.link.faults import decode_reply
from oralcam_protocol.wire.codec import Settings as WireSettings
from oralcam_protocol.wire.codec import SettingsReply, SettingsRequest
from oralcam_protocol.wire.enums import Opcode

RANGES: dict[str, tuple[float, float]] = {
    "exposure_us": (100, 100_000),
    "gain": (1.0, 16.0),
    "jpeg_quality": (50, 95),
    "button_locked": (False, True),
}


@dataclass(frozen=True)
class SettingValues:
    """The settings in effect; `revision` counts changes and is in every photo."""

    revision: int
    exposure_us: int
    gain: float
    jpeg_quality: int
    button_locked: bool


class Settings:
    """`camera.settings`: read with `get()`, changed with `apply()`; both tell what is in effect."""

    def __init__(self, request: Callable[[int, bytes], bytes]) -> None:
        self._request = request

    def get(self) -> SettingValues:
        """What is in effect on the camera."""
        return _values(self._request(Opcode.SETTINGS_GET, b""))

    def apply(
        self,
        *,
        exposure_us: int | None = None,
        gain: float | None = None,
        jpeg_quality: int | None = None,
        button_locked: bool | None = None,
    ) -> SettingValues:
        """Change what is given, all of it or nothing. `button_locked` is for wiping the handpiece.

        Raises `InvalidSetting` for a value outside its range (see `RANGES`).
        """
        given = {
            "exposure_us": exposure_us,
            "gain": gain,
            "jpeg_quality": jpeg_quality,
            "button_locked": button_locked,
        }
        for name, value in given.items():
            low, high = RANGES[name]
            if value is not None and not low <= value <= high:
                raise InvalidSetting(f"Setting {name} is {value}; it must be in {low}..{high}.")
        fields = sum(1 << position for position, value in enumerate(given.values()) if value is not None)
        wire = WireSettings(
            exposure_us=int(exposure_us or 0),
            gain_milli=round((gain or 0) * 1000),
            jpeg_quality=int(jpeg_quality or 0),
            button_lock=int(button_locked or 0),
        )
        return _values(self._request(Opcode.SETTINGS_APPLY, SettingsRequest(fields, wire).pack()))


def _values(payload: bytes) -> SettingValues:
    reply = decode_reply(SettingsReply.unpack, payload)
    wire = reply.settings
    return SettingValues(
        reply.revision, wire.exposure_us, wire.gain_milli / 1000, wire.jpeg_quality, bool(wire.button_lock)
    )
