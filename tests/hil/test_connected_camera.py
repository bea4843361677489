"""A real camera on the bench: which ports it has, and that it is the one that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from hil_tests.cameras.connected_camera import ConnectedCamera, ports_by_transport
from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.errors import BenchError
from hil_tests.rig.emulator import RigEmulator
from oralcam.discovery.cameras import CameraInfo
from oralcam.emulator import Emulator


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))


def usb(*ports: str, serial_number: str = "OC-1", trouble: str = "", note: str = "") -> CameraInfo:
    return CameraInfo(serial_number, ports[-1], "usb", "oralcam", ports, trouble=trouble, note=note)


def test_a_camera_has_a_port_for_each_transport() -> None:
    cameras = [usb("usb:1-1", "/dev/ttyACM0", serial_number="OC-2"), usb("usb:1-2", "/dev/ttyACM1")]
    assert ports_by_transport("OC-1", cameras) == {"cdc": "/dev/ttyACM1", "bulk": "usb:1-2"}
    assert ports_by_transport("OC-3", cameras) == {}
    assert ports_by_transport("OC-1", [usb("usb:1-2")]) == {"bulk": "usb:1-2"}


def test_an_interface_that_may_not_be_opened_is_none() -> None:
    assert ports_by_transport("OC-1", [usb("usb:1-2", "COM3", note="denied")]) == {"cdc": "COM3"}
    assert ports_by_transport("OC-1", [usb("usb:1-2", "COM3", trouble="two of them")]) == {}


def test_a_camera_at_a_port_is_looked_at_once() -> None:
    with Emulator(serial_number="EMU-5") as emulator:
        camera = ConnectedCamera(emulator.port, "EMU-5")
        assert camera.serial_number == "EMU-5"
        assert camera.ports == {"cdc": emulator.port}
        assert camera.sensor_digest("EMU-5-000001") is None
        with pytest.raises(BenchError, match="is camera EMU-5, not OC-1: correct one of them"):
            ConnectedCamera(emulator.port, "OC-1")


def test_a_rig_where_the_camera_should_be_is_said() -> None:
    camera = EmulatedCamera(20_000, "flash")
    rig = RigEmulator(camera)
    try:
        with pytest.raises(BenchError, match=r"is a rig controller \(rig-unix\): \[camera\] and \[rig\]"):
            ConnectedCamera(rig.port, "")
    finally:
        rig.close()
        camera.close()
