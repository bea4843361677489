"""The schemas that code is generated from: the camera's, and the one that host and rig controller share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from types import ModuleType

from oralcam_protocol.schema import enums, messages, settings
from oralcam_protocol.schema.vocabulary import Constant, Message, Setting

RIG = "hil_tests.rig.schema"  # by name, as data: tools know no bench


@dataclass(frozen=True)
class Schema:
    """One schema, read."""

    messages: tuple[Message, ...]
    enumerations: tuple[type[Enum], ...]
    constants: tuple[Constant, ...] = ()
    settings: tuple[Setting, ...] = ()


def camera_schema() -> Schema:
    """Return the camera's: oralcam_protocol/schema. Raises ValueError for settings that cannot be."""
    numbers = (
        Constant("PROTOCOL_MAJOR", enums.PROTOCOL_MAJOR, "a change that an older side cannot survive"),
        Constant("PROTOCOL_MINOR", enums.PROTOCOL_MINOR, "fields or opcodes were appended"),
    )
    for setting in settings.SETTINGS:
        check_setting(setting)
    return Schema(messages.MESSAGES, _enumerations(enums), numbers, settings.SETTINGS)


def rig_schema() -> Schema:
    """Return the rig controller's: hil_tests/rig/schema.py."""
    rig = import_module(RIG)
    return Schema(rig.MESSAGES, _enumerations(rig), rig.CONSTANTS)


def _enumerations(module: ModuleType) -> tuple[type[Enum], ...]:
    return tuple(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == module.__name__
    )


def check_setting(setting: Setting) -> None:
    """Raise ValueError if a setting contradicts itself, or promises what the wire cannot carry."""
    name = setting.field
    if not setting.lowest <= setting.default <= setting.highest:
        raise ValueError(f"{name}: {setting.default} at start is not in {setting.lowest}..{setting.highest}")
    for value in (setting.lowest, setting.highest):
        if not 0 <= value < 1 << 8 * setting.width.sizeof():
            raise ValueError(f"{name}: {value} does not fit into {setting.width.sizeof()} bytes")
    if setting.switch and (setting.lowest, setting.highest, setting.per_unit) != (0, 1, 1):
        raise ValueError(f"{name}: a switch goes from 0 to 1")
    if setting.per_unit not in (1, 1000):
        raise ValueError(f"{name}: there is no word yet for units of 1/{setting.per_unit}")
    if setting.since_minor > enums.PROTOCOL_MINOR:
        raise ValueError(
            f"{name}: since 1.{setting.since_minor}, but PROTOCOL_MINOR is {enums.PROTOCOL_MINOR}"
        )
