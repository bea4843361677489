"""The camera itself checks settings, whatever a program sends: all of what was chosen, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.emulator import Emulator
from oralcam_protocol.schema.settings import SETTINGS
from oralcam_protocol.schema.vocabulary import Setting
from oralcam_protocol.wire.codec import Settings, SettingsReply, SettingsRequest
from oralcam_protocol.wire.enums import ErrorCode, Opcode
from tests.end_to_end.bare_host import Host

WIDTHS = {setting.field: setting.width.sizeof() for setting in SETTINGS}
BEYOND = [
    (setting.field, value)
    for setting in SETTINGS
    for value in (setting.lowest - 1, setting.highest + 1)
    if 0 <= value < 1 << 8 * WIDTHS[setting.field]
]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder: Path = tmp_path_factory.mktemp("state")
    with Emulator(state=folder) as emulator:
        host = Host(emulator.port)
        host.hello()
        yield host
        host.port.close()


def in_effect(host: Host) -> SettingsReply:
    return SettingsReply.unpack(host.answer(Opcode.SETTINGS_GET))


def values(settings: Settings) -> dict[str, int]:
    return {name: getattr(settings, name) for name in Settings.FIELDS}


def test_the_camera_starts_with_the_defaults_of_the_schema(host: Host) -> None:
    assert values(in_effect(host).settings) == {setting.field: setting.default for setting in SETTINGS}


@pytest.mark.parametrize(("field", "value"), BEYOND)
def test_beyond_a_range_nothing_changes_of_what_was_chosen(host: Host, field: str, value: int) -> None:
    before = in_effect(host)
    asked = Settings(*(setting.highest for setting in SETTINGS))
    setattr(asked, field, value)
    every = (1 << len(SETTINGS)) - 1
    error = host.error(Opcode.SETTINGS_APPLY, SettingsRequest(every, asked).pack())
    setting = next(each for each in SETTINGS if each.field == field)
    assert error.code == ErrorCode.OUT_OF_RANGE
    assert error.detail == f"{field} must be in {setting.lowest}..{setting.highest}"
    after = in_effect(host)
    assert (after.revision, values(after.settings)) == (before.revision, values(before.settings))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.field)
def test_only_what_is_chosen_changes(host: Host, setting: Setting) -> None:
    before = in_effect(host)
    asked = Settings(*(each.lowest for each in SETTINGS))
    bit = 1 << SETTINGS.index(setting)
    reply = SettingsReply.unpack(host.answer(Opcode.SETTINGS_APPLY, SettingsRequest(bit, asked).pack()))
    assert values(reply.settings) == {**values(before.settings), setting.field: setting.lowest}
    assert reply.revision == before.revision + 1
