"""A setting is said once, in the schema; codec, camera, SDK and pages say the same of it."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from construct import Int8ul, Int32ul
from hypothesis import given
from hypothesis import strategies as st

from oralcam import aio
from oralcam.errors import IncompatibleFirmware, InvalidSetting
from oralcam.settings import RANGES, Settings, SettingValues, settings_from_wire
from oralcam_protocol.schema.settings import SETTINGS
from oralcam_protocol.schema.vocabulary import Setting
from oralcam_protocol.wire.codec import Settings as WireSettings
from oralcam_protocol.wire.codec import SettingsReply, SettingsRequest
from oralcam_protocol.wire.enums import PROTOCOL_MINOR
from tools.generate.schemas import camera_schema, check_setting

REPOSITORY = Path(__file__).resolve().parents[3]
NAMES = [setting.name or setting.field for setting in SETTINGS]
each_setting = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.field)


def test_the_sdk_has_the_settings_of_the_schema() -> None:
    assert list(RANGES) == NAMES
    assert list(SettingValues._fields) == ["revision", *NAMES]
    for settings in (Settings, aio.Settings):
        assert list(inspect.signature(settings.apply).parameters) == ["self", *NAMES]


@each_setting
def test_the_range_is_the_schemas_on_both_sides(setting: Setting) -> None:
    position = SETTINGS.index(setting)
    assert WireSettings.RANGES[position] == (setting.lowest, setting.highest)
    assert WireSettings.DEFAULTS[position] == setting.default
    low, high = RANGES[NAMES[position]]
    assert (low * setting.per_unit, high * setting.per_unit) == (setting.lowest, setting.highest)


def test_every_setting_is_described_where_people_look() -> None:
    help_text = inspect.getdoc(Settings.apply) or ""
    pages = [(REPOSITORY / page).read_text("utf-8") for page in ("docs/settings.md", "protocol/README.md")]
    for name, setting in zip(NAMES, SETTINGS, strict=True):
        assert f"`{name}`: {setting.purpose}" in " ".join(help_text.split())
        assert all(f"`{name}`" in page for page in pages)


GENERATED = re.compile(r"# generated: settings.*?# end of generated: settings", re.DOTALL)
NAMED_ONCE = re.compile(r"gain_milli|jpeg_quality|button_lock")  # the others are names of much else, too
BY_WHAT_TAKES_PHOTOS = "host_sdk/oralcam/emulator/"  # the emulated sensor does something with them


def test_nothing_else_of_the_sdk_names_a_setting_by_hand() -> None:
    sources = sorted((REPOSITORY / "host_sdk/oralcam").rglob("*.py"))
    sources += sorted((REPOSITORY / "tools/trace").glob("calls.py"))
    sources.append(REPOSITORY / "firmware/camera_app/services/settings.py")
    naming = [
        path.relative_to(REPOSITORY).as_posix()
        for path in sources
        if NAMED_ONCE.search(GENERATED.sub("", path.read_text("utf-8")))
    ]
    assert [name for name in naming if not name.startswith(BY_WHAT_TAKES_PHOTOS)] == []


class HonestCamera:
    """Answers SETTINGS_APPLY as the firmware does; `known` settings only."""

    def __init__(self, known: int = len(SETTINGS)) -> None:
        self.known = known
        self.requests: list[SettingsRequest] = []

    def request(self, opcode: int, payload: bytes) -> bytes:
        asked = SettingsRequest.unpack(payload)
        self.requests.append(asked)
        current = WireSettings(*WireSettings.DEFAULTS)
        for position, name in enumerate(WireSettings.FIELDS[: self.known]):
            if asked.fields >> position & 1:
                setattr(current, name, getattr(asked.settings, name))
        return SettingsReply(2, current).pack()


@each_setting
@pytest.mark.parametrize("end", ["lowest", "highest"])
def test_each_setting_travels_alone_to_the_ends_of_its_range(setting: Setting, end: str) -> None:
    camera, name = HonestCamera(), setting.name or setting.field
    wire = getattr(setting, end)
    value: Any = bool(wire) if setting.switch else wire / setting.per_unit
    values = Settings(camera.request).apply(**{name: value})
    assert getattr(values, name) == value
    assert camera.requests[0].fields == 1 << SETTINGS.index(setting)
    travelled = {name: getattr(camera.requests[0].settings, name) for name in WireSettings.FIELDS}
    assert travelled == {**dict.fromkeys(WireSettings.FIELDS, 0), setting.field: wire}


@each_setting
def test_beyond_the_range_nothing_is_asked(setting: Setting) -> None:
    camera, name = HonestCamera(), setting.name or setting.field
    for wire in (setting.lowest - 1, setting.highest + 1):
        value: Any = wire / setting.per_unit
        with pytest.raises(InvalidSetting, match=name):
            Settings(camera.request).apply(**{name: value})
    assert camera.requests == []


@given(st.tuples(*(st.integers(setting.lowest, setting.highest) for setting in SETTINGS)))
def test_any_settings_come_back_as_they_were(wire: tuple[int, ...]) -> None:
    values = settings_from_wire(1, WireSettings(*wire))
    camera = HonestCamera()
    chosen = {name: getattr(values, name) for name in NAMES}
    assert Settings(camera.request).apply(**chosen) == SettingValues(2, **chosen)
    assert tuple(getattr(camera.requests[0].settings, name) for name in WireSettings.FIELDS) == wire


def test_a_camera_that_does_not_know_a_setting_is_said_to_be_too_old() -> None:
    with pytest.raises(IncompatibleFirmware, match=f"did not take {NAMES[-1]}"):
        Settings(HonestCamera(known=len(SETTINGS) - 1).request).apply(**{NAMES[-1]: True})


@pytest.mark.parametrize(
    ("setting", "complaint"),
    [
        (Setting("x", Int8ul, 0, 300, 1, "…"), "300 does not fit"),
        (Setting("x", Int8ul, 10, 20, 5, "…"), "5 at start is not in 10..20"),
        (Setting("x", Int8ul, 0, 2, 0, "…", switch=True), "a switch goes from 0 to 1"),
        (Setting("x", Int32ul, 0, 9, 0, "…", per_unit=7), "units of 1/7"),
        (Setting("x", Int8ul, 0, 9, 0, "…", since_minor=PROTOCOL_MINOR + 1), "PROTOCOL_MINOR is"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_setting_that_cannot_be_is_refused_by_the_generator(setting: Setting, complaint: str) -> None:
    with pytest.raises((ValueError, KeyError), match=complaint):
        check_setting(setting)


def test_the_schemas_own_settings_can_be() -> None:
    assert camera_schema().settings == SETTINGS
