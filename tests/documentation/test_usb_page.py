"""docs/usb.md: its code runs, and it says what the SDK says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import oralcam.discovery.cameras
from oralcam.discovery.cameras import PRODUCT_ID, VENDOR_ID, cameras_of
from oralcam.discovery.usb_device import UsbDevice
from oralcam.emulator import Emulator
from oralcam.testing.usb.host import EmulatedUsb
from tests.documentation.test_readme import REPOSITORY, own_home, python_blocks

__all__ = ["own_home"]
PAGE = "docs/usb.md"


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> Iterator[EmulatedUsb]:
    """This computer's USB, as far as the SDK can see."""
    with EmulatedUsb() as emulated:
        monkeypatch.setattr("oralcam.discovery.host.SystemHost.cameras", lambda _: emulated.cameras())
        monkeypatch.setattr(oralcam.discovery.cameras, "list_cameras", emulated.cameras)
        monkeypatch.setattr(oralcam, "list_cameras", emulated.cameras)
        opened = emulated.open_port
        monkeypatch.setattr("oralcam.link.host.Host.open_port", lambda _, *arguments: opened(*arguments))
        yield emulated


def test_the_ten_lines_run_with_a_camera(
    usb: EmulatedUsb, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = python_blocks(PAGE)
    assert len(code.splitlines()) == 10
    with Emulator(bulk=True) as emulator:
        usb.add(emulator, "1-1")
        exec(compile(code, PAGE, "exec"), {})
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(emulator.serial_number)
    assert told[0].endswith("ready")
    assert told[1].strip() == "bulk usb:1-1"
    assert (tmp_path / "molar.jpg").exists()


def test_the_ten_lines_run_without_one(usb: EmulatedUsb, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(python_blocks(PAGE)[0], PAGE, "exec"), {})
    assert capsys.readouterr().out.startswith("No camera is connected")


def test_the_emulated_bus_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(python_blocks(PAGE)[1], PAGE, "exec"), {})
    assert capsys.readouterr().out.startswith("bulk usb:1-1 ")


def test_every_trouble_is_explained() -> None:
    page = (REPOSITORY / PAGE).read_text("utf-8")
    explained = [row.replace("…", ".*") for row in re.findall(r"^\| (.+?) \|", page, re.MULTILINE)]
    devices = [
        UsbDevice("usb:1-1", "A", serial_ports=("COM1",)),
        UsbDevice("usb:1-2", "A", serial_ports=("COM2",)),
        UsbDevice("usb:1-3", "", serial_ports=("COM3",)),
        UsbDevice("usb:1-4", "B", manufacturer="Blinky", serial_ports=("COM4",)),
        UsbDevice("usb:1-5", "C", is_complete=False),
        UsbDevice("usb:1-6", "D", serial_ports=("COM6",), denied=("COM6",)),
        UsbDevice("usb:1-7", "E"),
    ]
    for camera in cameras_of(devices):
        assert camera.trouble
        assert any(re.match(row, camera.trouble) for row in explained), camera.trouble
    assert f"{VENDOR_ID:04x}:{PRODUCT_ID:04x}" in page
