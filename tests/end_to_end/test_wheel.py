"""The wheel alone, without this checkout, gives an application's CI a camera."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from oralcam.version import __version__

REPOSITORY = Path(__file__).resolve().parents[2]
APPLICATION_TEST = """
from pathlib import Path
import oralcam
from oralcam.emulator.micropython import firmware_folder

def test_press(oralcam_camera, oralcam_emulator):
    assert Path(oralcam.__file__).parent in firmware_folder().parents
    oralcam_emulator.bench.press()
    assert next(oralcam_camera.presses(timeout=10)).press_number == 1
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=REPOSITORY, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_an_application_with_the_wheel_tests_with_its_camera(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "test_application.py").write_text(APPLICATION_TEST)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked), "ORALCAM_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_says_one_version_everywhere(unpacked: Path) -> None:
    (metadata,) = unpacked.glob("oralcam-*.dist-info/METADATA")
    assert metadata.parent.name == f"oralcam-{__version__}.dist-info"
    assert Parser().parsestr(metadata.read_text("utf-8"))["Version"] == __version__
    for file in ("oralcam/version.py", "oralcam/emulator/firmware/camera_app/version.py"):
        assert re.findall(r'^\w+ = "(.*)"$', (unpacked / file).read_text("utf-8"), re.MULTILINE) == [
            __version__
        ]


def test_the_wheel_is_typed_and_brings_no_tests_and_no_boards_it_cannot_run(unpacked: Path) -> None:
    names = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert {"oralcam/record/mouth/teeth.csv", "oralcam/record/schema.json"} <= names
    assert {"oralcam/py.typed", "oralcam_protocol/py.typed", "oralcam/emulator/firmware/main.py"} <= names
    assert "oralcam/guides/usb.md" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"oralcam", "oralcam_protocol"}
