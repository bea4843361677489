"""The LED ring: presets, levels, what is on."""

from __future__ import annotations

from collections import namedtuple

from oralcam.errors import InvalidSetting

TYPE_CHECKING = False
if TYPE_CHECKING:  # the wire loads when the light is used: `oralcam light --help` needs the presets only
    from collections.abc import Callable, Iterable, Mapping
    from typing import NamedTuple

    from oralcam_protocol.wire.codec import LightReply
    from oralcam_protocol.wire.codec import ZoneLight as WireZoneLight

__all__ = ["PRESETS", "ZONES", "LightState", "Lighting", "ZoneLight"]

ZONES = (
    "anterior",
    "posterior_left",
    "posterior_right",
)  # in the order of wire.enums.Zone; the patient's sides

PRESETS: dict[str, dict[str, float]] = {
    "even": {"anterior": 0.6, "posterior_left": 0.6, "posterior_right": 0.6},
    "anterior": {"anterior": 0.9, "posterior_left": 0.1, "posterior_right": 0.1},
    "posterior": {"anterior": 0.2, "posterior_left": 1.0, "posterior_right": 1.0},
    "posterior-left": {"anterior": 0.1, "posterior_left": 1.0, "posterior_right": 0.0},
    "posterior-right": {"anterior": 0.1, "posterior_left": 0.0, "posterior_right": 1.0},
    "off": {"anterior": 0.0, "posterior_left": 0.0, "posterior_right": 0.0},
}

LOCKS = {
    0: None,
    1: "too warm",
    2: "temperature unknown",
    3: "warming too fast",
    4: "the thermometer is stuck",
    5: "two thermometers disagree",
    6: "a chip is too warm",
    7: "too much light in the last ten minutes",
    8: "the ring does not obey",
    9: "in its dock",
    10: "the USB bus is suspended",
    11: "the camera's clock stands still",
}
NO_TEMPERATURE = -(1 << 31)  # on the wire


if TYPE_CHECKING:  # typing and dataclasses take longer to load than a command has

    class _ZoneLight(NamedTuple):
        level: float
        current_ma: float

    class _LightState(NamedTuple):
        zones: Mapping[str, ZoneLight]
        steady: bool
        locked: str | None

else:
    _ZoneLight = namedtuple("_ZoneLight", "level current_ma")
    _LightState = namedtuple("_LightState", "zones steady locked")


class ZoneLight(_ZoneLight):
    """One zone: the level asked for, 0..1, and the mean current it got, milliamperes."""

    __slots__ = ()


class LightState(_LightState):
    """The ring: each zone, whether it stays on between exposures, and why it is kept off, if it is."""

    __slots__ = ()


def zones_from_wire(zones: Iterable[WireZoneLight]) -> dict[str, ZoneLight]:
    """Return the zones by name; a zone that this version does not know is called zone3, zone4 …"""
    names = [*ZONES, *(f"zone{number}" for number in range(len(ZONES), 256))]
    return {
        name: ZoneLight(zone.level_permille / 1000, zone.current_ua / 1000)
        for name, zone in zip(names, zones, strict=False)
    }


def celsius(millidegrees: int) -> float | None:
    """Return the tip's temperature from the wire; None if the camera does not know it."""
    return None if millidegrees == NO_TEMPERATURE else millidegrees / 1000


class Lighting:
    """The LED ring, as `camera.lighting`.

    Levels stay for every capture until changed; the camera caps the current.
    """

    def __init__(self, request: Callable[[int, bytes], bytes]) -> None:
        """Internal: use `camera.lighting`."""  # noqa: D401
        self._request = request

    def preset(self, name: str, *, steady: bool = True) -> LightState:
        """Set one of `PRESETS` and return what is on. Raises `InvalidSetting` for another name.

        `steady` lights the ring now; otherwise it is lit for exposures only.
        """
        if name not in PRESETS:
            raise InvalidSetting(f"There is no light preset {name!r}; there are {', '.join(PRESETS)}.")
        return self.set(**PRESETS[name], steady=steady and name != "off")

    def set(
        self,
        *,
        anterior: float = 0.0,
        posterior_left: float = 0.0,
        posterior_right: float = 0.0,
        steady: bool = True,
    ) -> LightState:
        """Set a level of 0..1 for each zone and return what is on.

        Raises `InvalidSetting` for a level outside.
        """
        from oralcam.link.faults import decode_reply
        from oralcam_protocol.wire.codec import LightReply, LightRequest
        from oralcam_protocol.wire.enums import Opcode

        levels = dict(zip(ZONES, (anterior, posterior_left, posterior_right), strict=True))
        for zone, level in levels.items():
            if not 0 <= level <= 1:
                raise InvalidSetting(f"The light level of {zone} is {level}; it must be in 0..1.")
        request = LightRequest(int(steady), [round(level * 1000) for level in levels.values()])
        return _state(decode_reply(LightReply.unpack, self._request(Opcode.LIGHT_SET, request.pack())))

    def off(self) -> LightState:
        """Make the ring dark, for captures too, and return what is on."""
        return self.preset("off")

    def state(self) -> LightState:
        """Ask the camera what is on now."""
        from oralcam.link.faults import decode_reply
        from oralcam_protocol.wire.codec import LightReply
        from oralcam_protocol.wire.enums import Opcode

        return _state(decode_reply(LightReply.unpack, self._request(Opcode.LIGHT_GET, b"")))


def _state(reply: LightReply) -> LightState:
    return LightState(zones_from_wire(reply.zones), bool(reply.steady), LOCKS.get(reply.lock, "unknown"))
