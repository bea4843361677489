"""Recipes for the schema: one place, the generator, and what the camera does with it.

A page is followed on a copy of the tree, where its own tests pass. Then: nothing else was written by hand,
what was added is everywhere, and neither side minds that the other is older.
"""

from __future__ import annotations

import filecmp
import shutil
from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from tests.recipes.recipe import REPOSITORY, Kitchen, steps
from tools.generate.files import outputs

pytestmark = pytest.mark.timeout(900)
MESSAGE, SETTING = "add-a-message.md", "add-a-setting.md"
COMPARED = ("firmware", "hil_tests", "host_sdk", "protocol", "tests", "tools", "docs")


def followed(page: str, folder: Path) -> Kitchen:
    """Follow a page in a tree of its own."""
    kitchen = Kitchen(folder / "tree")
    shutil.copytree(REPOSITORY / "docs", kitchen.root / "docs", dirs_exist_ok=True)
    kitchen.follow(page)
    return kitchen


@pytest.fixture(scope="module")
def kitchens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kitchen]:
    return {page: followed(page, tmp_path_factory.mktemp("kitchen")) for page in (MESSAGE, SETTING)}


def changed(root: Path) -> set[str]:
    """Every file of the tree that is not as in this repository, by its path."""
    found = {
        path.relative_to(root).as_posix()
        for top in COMPARED
        for path in (root / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return {
        name
        for name in found
        if not (REPOSITORY / name).exists() or not filecmp.cmp(root / name, REPOSITORY / name, shallow=False)
    }


@pytest.mark.parametrize("page", [MESSAGE, SETTING])
def test_by_hand_only_what_the_page_names_was_changed(page: str, kitchens: dict[str, Kitchen]) -> None:
    by_hand = {step.title for step in steps(page) if step.title}
    found = changed(kitchens[page].root)
    assert by_hand <= found
    assert found - by_hand <= set(outputs(REPOSITORY))


ARRIVED = {
    "protocol/oralcam_protocol/wire/codec.py": '"host_lock"',
    "host_sdk/oralcam/settings.py": "host_locked: bool | None = None",
    "host_sdk/oralcam/aio/controls.py": "host_locked: bool | None = None",
    "protocol/README.md": "| host_lock | u8 | since 1.2: 0..1, 0 at start. Whether programs take no photo |",
    "docs/settings.md": "| `host_locked` | False or True | False | Whether programs take no photo. |",
    "protocol/vectors/messages.json": '"host_lock"',
}


@pytest.mark.parametrize("name", ARRIVED)
def test_the_setting_has_arrived(name: str, kitchens: dict[str, Kitchen]) -> None:
    assert ARRIVED[name] in (kitchens[SETTING].root / name).read_text("utf-8")
    assert ARRIVED[name] not in (REPOSITORY / name).read_text("utf-8")


REFUSED_BY_THE_CAMERA = """
import inspect
from oralcam import Camera
from oralcam.errors import DeviceFault
from oralcam.settings import Settings as SdkSettings
from oralcam_protocol.wire.codec import Settings, SettingsRequest
from oralcam_protocol.wire.enums import Opcode

assert "host_locked" in inspect.signature(SdkSettings.apply).parameters
wire = Settings(*Settings.DEFAULTS)
wire.host_lock = 2
request = SettingsRequest(1 << Settings.FIELDS.index("host_lock"), wire).pack()
with Camera.open("emulator", spool="spool") as camera:
    try:
        camera._ask(Opcode.SETTINGS_APPLY, request)
    except DeviceFault as fault:
        assert "host_lock must be in 0..1" in str(fault), fault
    else:
        raise AssertionError("the firmware does not check the range")
"""
SETTING_AND_A_CAMERA_OF_BEFORE = """
from oralcam import Camera
from oralcam.errors import IncompatibleFirmware

with Camera.open("emulator", spool="spool") as camera:
    assert camera.settings.get().host_locked is False
    assert camera.settings.apply(gain=2.0).gain == 2.0
    try:
        camera.settings.apply(host_locked=True)
    except IncompatibleFirmware as error:
        assert "host_locked" in str(error)
    else:
        raise AssertionError("a camera of before cannot have taken it")
"""
MESSAGE_AND_A_CAMERA_OF_BEFORE = """
from oralcam import Camera
from oralcam.errors import DeviceFault

with Camera.open("emulator", spool="spool") as camera:
    try:
        camera.identify()
    except DeviceFault as fault:
        assert "opcode 16 is not known" in str(fault), fault
    else:
        raise AssertionError("a camera of before cannot know it")
    assert camera.capture().width > 0
"""


def test_the_camera_checks_the_range_of_the_setting(kitchens: dict[str, Kitchen]) -> None:
    run(REFUSED_BY_THE_CAMERA, kitchens[SETTING])


@pytest.mark.parametrize(
    ("page", "program"),
    [(SETTING, SETTING_AND_A_CAMERA_OF_BEFORE), (MESSAGE, MESSAGE_AND_A_CAMERA_OF_BEFORE)],
    ids=[SETTING, MESSAGE],
)
def test_a_camera_of_before_and_a_program_of_now_understand_each_other(
    page: str, program: str, kitchens: dict[str, Kitchen]
) -> None:
    run(program, kitchens[page], firmware=REPOSITORY / "firmware")


@pytest.mark.parametrize("page", [MESSAGE, SETTING])
def test_a_program_of_before_and_a_camera_of_now_understand_each_other(
    page: str, kitchens: dict[str, Kitchen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORALCAM_FIRMWARE", str(kitchens[page].root / "firmware"))
    with Emulator() as emulator, Camera(emulator.port, spool=tmp_path) as camera:
        values = camera.settings.apply(gain=2.0)
        assert camera.settings.get() == values
        assert camera.capture().gain == 2.0


def run(program: str, kitchen: Kitchen, firmware: Path | None = None) -> None:
    """Run a program with the tree's SDK, and its firmware or another."""
    (kitchen.root / "program.py").write_text(program, "utf-8")
    kitchen.run(f"env ORALCAM_FIRMWARE={firmware or kitchen.root / 'firmware'} python program.py")
