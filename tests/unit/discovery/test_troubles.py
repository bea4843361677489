"""What keeps a camera from being taken is told, and no doubtful one is."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from oralcam import CameraNotFound, list_cameras
from oralcam.cli.main import main
from oralcam.errors import PortNotFound
from tests.unit.discovery.fake_sysfs import FakeSystem
from tests.unit.discovery.finding import only


def test_two_cameras_with_one_serial_number(system: FakeSystem) -> None:
    system.plug("1-1", "OC-1", "ttyACM0")
    system.plug("1-2", "OC-1", "ttyACM1")
    for camera in list_cameras():
        assert "Another camera has the serial number OC-1" in camera.trouble
    with pytest.raises(CameraNotFound, match=r"Several cameras say they are OC-1; .*ttyACM0, .*ttyACM1"):
        only("OC-1")
    with pytest.raises(CameraNotFound, match="without doubt"):
        only()


def test_a_camera_without_a_serial_number(system: FakeSystem) -> None:
    system.plug(serial=None)
    assert "no serial number" in list_cameras()[0].trouble
    with pytest.raises(CameraNotFound, match=r"ttyACM0: It gives no serial number"):
        only()


def test_a_foreign_device_with_our_numbers_is_named_and_in_nobodys_way(system: FakeSystem) -> None:
    system.plug("1-1", "OC-1", "ttyACM0", manufacturer="Blinky Inc.", product="Blinky")
    (foreign,) = list_cameras()
    assert "says it is Blinky Inc. Blinky" in foreign.trouble
    with pytest.raises(CameraNotFound):
        only()
    system.plug("1-2", "OC-1", "ttyACM1")  # even with the same serial number
    assert only() == only("OC-1") == ("usb:1-2", f"{system.dev}/ttyACM1")
    assert list_cameras()[1].trouble == ""


def test_a_device_that_says_nothing_of_itself_may_be_ours(system: FakeSystem) -> None:
    system.plug(manufacturer=None, product=None)
    assert (list_cameras()[0].trouble, list_cameras()[0].product) == ("", "oralcam")


def test_a_device_that_is_half_set_up(system: FakeSystem) -> None:
    system.plug("1-1", configuration="")
    system.plug("1-2", "OC-2", "ttyACM1")
    half, whole = list_cameras()
    assert "not set up" in half.trouble
    assert (half.port, half.ports) == ("", ())
    assert only() == whole.ports


def test_a_device_with_nothing_to_open(system: FakeSystem) -> None:
    system.plug(tty=None, bulk=False)
    assert "nothing that can be opened" in list_cameras()[0].trouble


def test_no_permission_for_anything(system: FakeSystem, may_open: Callable[..., None]) -> None:
    system.plug()
    may_open()
    (camera,) = list_cameras()
    assert camera.trouble.endswith("may not be opened: install the udev rules (`oralcam udev --print`).")
    assert "usb:1-1 and " in camera.trouble
    with pytest.raises(PortNotFound, match="udev rules"):
        only()


def test_no_permission_for_one_interface_is_a_note(system: FakeSystem, may_open: Callable[..., None]) -> None:
    path = system.plug()
    may_open(system.dev / "ttyACM0")
    (camera,) = list_cameras()
    assert (camera.trouble, camera.note[:7]) == ("", "usb:1-1")
    assert only() == camera.ports
    may_open(system.node(path))
    assert list_cameras()[0].note.startswith(f"{system.dev}/ttyACM0 may not")


def test_the_command_shows_each(system: FakeSystem, capsys: pytest.CaptureFixture[str]) -> None:
    system.plug("1-1", serial=None)
    system.plug("1-2", "OC-2", "ttyACM1")
    assert main(["list", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert "no serial number" in first["trouble"]
    assert (second["ports"], second["trouble"]) == (["usb:1-2", f"{system.dev}/ttyACM1"], "")
    assert main(["list"]) == 0
    shown = capsys.readouterr()
    assert f"OC-2           {system.dev}/ttyACM1 usb:1-2" in shown.out
    assert shown.err == f"{system.dev}/ttyACM0: {first['trouble']}\n"
