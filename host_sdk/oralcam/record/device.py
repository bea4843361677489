"""What a photo was taken with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from oralcam.errors import InvalidRecord
from oralcam.record.plain_text import plain_text


@dataclass(frozen=True)
class Device:
    """The camera that took the photo. `udi` is the unique device identification on its label."""

    serial_number: str
    manufacturer: str = "oralcam"
    model: str = ""
    firmware_version: str = ""
    software_version: str = ""
    udi: str = ""

    def __post_init__(self) -> None:
        for name in ("serial_number", "manufacturer", "model", "firmware_version", "software_version", "udi"):
            text = plain_text(
                getattr(self, name),
                f"The camera's {name.replace('_', ' ')}",
                InvalidRecord,
                longest=64,
                required=name == "serial_number",
                never="\\",
            )
            object.__setattr__(self, name, text)


class ZoneLevel(NamedTuple):
    """One zone of the light: the level that was asked for, 0..1, and its mean current in milliamperes."""

    level: float
    current_ma: float


@dataclass(frozen=True)
class Light:
    """What was lit: zone name to level and current. Zones are on the patient's sides."""

    zones: Mapping[str, ZoneLevel] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        zones = {}
        for name, (level, current_ma) in self.zones.items():
            if not 0 <= level <= 1 or not 0 <= current_ma < 100_000:
                raise InvalidRecord(f"The light's zone {name} has a level or a current that cannot be.")
            known = plain_text(name, "The name of a light's zone", InvalidRecord, longest=32, required=True)
            zones[known] = ZoneLevel(float(level), float(current_ma))
        object.__setattr__(self, "zones", MappingProxyType(zones))
