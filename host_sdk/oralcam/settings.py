"""What captures are taken with.

What names a setting here is made from protocol/oralcam_protocol/schema/settings.py: add one there.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable

from oralcam.errors import IncompatibleFirmware, InvalidSetting
from oralcam.link.faults import decode_reply
from oralcam_protocol.wire.codec import Settings as WireSettings
from oralcam_protocol.wire.codec import SettingsReply, SettingsRequest
from oralcam_protocol.wire.enums import Opcode

__all__ = ["RANGES", "SettingValues", "Settings"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

# generated: settings values (python -m tools.generate, from protocol/oralcam_protocol/schema)
RANGES: dict[str, tuple[float, float]] = {
    "exposure_us": (100, 100000),
    "gain": (1.0, 16.0),
    "jpeg_quality": (50, 95),
    "button_locked": (False, True),
}
PER_UNIT = (
    1,
    1000,
    1,
    1,
)  # the wire's units in one of the SDK's, in the order of RANGES

if TYPE_CHECKING:

    class _SettingValues(NamedTuple):
        revision: int
        exposure_us: int
        gain: float
        jpeg_quality: int
        button_locked: bool

else:  # typing and dataclasses take longer to load than a command has
    _SettingValues = namedtuple("_SettingValues", "revision exposure_us gain jpeg_quality button_locked")


class SettingValues(_SettingValues):
    """The settings in effect; `revision` counts changes and is in every photo.

    - `exposure_us`: How long the sensor gathers light. 100..100000 microseconds.
    - `gain`: How many times the sensor amplifies what it gathered. 1.0..16.0.
    - `jpeg_quality`: How much detail the JPEG keeps; more of it takes more bytes. 50..95.
    - `button_locked`: Whether presses take no photo, for wiping the handpiece.
    """

    __slots__ = ()


def settings_from_wire(revision: int, wire: WireSettings) -> SettingValues:
    """Return what a camera said of its settings, in the SDK's units."""
    return SettingValues(
        revision, wire.exposure_us, wire.gain_milli / 1000, wire.jpeg_quality, bool(wire.button_lock)
    )


# end of generated: settings values


class Settings:
    """The settings of captures, as `camera.settings`: `get()` reads and `apply()` changes them.

    Both tell what is in effect.
    """

    def __init__(self, request: Callable[[int, bytes], bytes]) -> None:
        """Internal: use `camera.settings`."""  # noqa: D401
        self._request = request

    def get(self) -> SettingValues:
        """Return what is in effect on the camera."""
        reply = decode_reply(SettingsReply.unpack, self._request(Opcode.SETTINGS_GET, b""))
        return settings_from_wire(reply.revision, reply.settings)

    # generated: settings apply (python -m tools.generate, from protocol/oralcam_protocol/schema)
    def apply(
        self,
        *,
        exposure_us: int | None = None,
        gain: float | None = None,
        jpeg_quality: int | None = None,
        button_locked: bool | None = None,
    ) -> SettingValues:
        """Change what is given, all of it or nothing, and return what is in effect.

        - `exposure_us`: How long the sensor gathers light. 100..100000 microseconds.
        - `gain`: How many times the sensor amplifies what it gathered. 1.0..16.0.
        - `jpeg_quality`: How much detail the JPEG keeps; more of it takes more bytes. 50..95.
        - `button_locked`: Whether presses take no photo, for wiping the handpiece.

        Raises `InvalidSetting` for a value outside its range (see `RANGES`), and
        `IncompatibleFirmware` if the camera's firmware does not know one of them.
        """
        return self._apply(exposure_us, gain, jpeg_quality, button_locked)

    # end of generated: settings apply

    def _apply(self, *values: float | None) -> SettingValues:
        """Change those that are not None; `values` are in the order of `RANGES`."""
        fields, asked = 0, WireSettings(*(0 for _ in WireSettings.FIELDS))
        for position, (name, (low, high)) in enumerate(RANGES.items()):
            value = values[position]
            if value is None:
                continue
            if not low <= value <= high:
                raise InvalidSetting(f"Setting {name} is {value}; it must be in {low}..{high}.")
            fields |= 1 << position
            setattr(asked, WireSettings.FIELDS[position], round(value * PER_UNIT[position]))
        payload = self._request(Opcode.SETTINGS_APPLY, SettingsRequest(fields, asked).pack())
        reply = decode_reply(SettingsReply.unpack, payload)
        for position, (name, field) in enumerate(zip(RANGES, WireSettings.FIELDS, strict=True)):
            if fields >> position & 1 and getattr(reply.settings, field) != getattr(asked, field):
                raise IncompatibleFirmware(f"The camera did not take {name}: update its firmware.")
        return settings_from_wire(reply.revision, reply.settings)
