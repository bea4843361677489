"""The firmware on a gadget, the SDK on what the kernel makes of it."""

from __future__ import annotations

import random

import pytest

from oralcam import Camera, DeviceDisconnected
from oralcam.emulator import Emulator
from oralcam.errors import CameraNotFound
from tools.testbeds.sample_photo import jpeg_of
from tools.testbeds.usb_vm.connector import GadgetConnector, usb_camera
from tools.testbeds.usb_vm.gadget import Gadget

SIZE = 200_000
PATIENCE_S = 30


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    path = tmp_path_factory.mktemp("photo") / "photo.jpg"
    path.write_bytes(jpeg_of(SIZE, random.Random(4)))
    return path


@pytest.fixture(scope="module")
def gadget():
    with Gadget("VM-0001") as made:
        yield made


@pytest.fixture(scope="module")
def emulator(gadget, picture):
    with Emulator(connector=GadgetConnector(gadget), serial_number="VM-0001", replay=picture) as running:
        yield running


def press(camera: Camera):
    """The next photo, whatever happens to the link meanwhile."""
    while True:
        try:
            return camera.next_press(PATIENCE_S)
        except DeviceDisconnected:
            assert camera.wait_connected(PATIENCE_S)


def test_both_interfaces_deliver_the_sensors_bytes(emulator, gadget, picture, tmp_path):
    for port in (gadget.host.serial_port, gadget.host.name):
        with Camera.open(port, spool=tmp_path) as camera:
            assert camera.port == port
            photo = camera.capture()
            assert photo.jpeg == picture.read_bytes()


def test_bulk_is_chosen_and_serial_is_fallen_back_on_without_losing_a_photo(emulator, gadget, tmp_path):
    with Camera.open("VM-0001", spool=tmp_path) as camera:
        assert camera.transport == "bulk"
        emulator.bench.press()
        gadget.host.take_interface("ff")
        photo = press(camera)
        assert photo is not None
        assert (photo.size, camera.transport) == (SIZE, "serial")
        gadget.host.give_interface("ff")
    with Camera.open("VM-0001", spool=tmp_path) as camera:
        assert camera.transport == "bulk"


def test_an_unplugged_camera_comes_back_under_its_serial_number(emulator, tmp_path):
    with Camera.open("VM-0001", spool=tmp_path) as camera:
        emulator.unplug()
        with pytest.raises(CameraNotFound, match="VM-0001"):
            Camera.open("VM-0001", spool=tmp_path)
        emulator.plug_in()
        assert camera.wait_connected(PATIENCE_S)
        assert camera.capture().size == SIZE


def test_a_camera_stays_the_same_when_its_host_restarts(emulator, gadget, tmp_path):
    firmware = emulator.pid
    with Camera.open("VM-0001", spool=tmp_path) as camera:
        gadget.host.stop()
        gadget.host.start()
        assert camera.wait_connected(PATIENCE_S)
        emulator.bench.press()
        photo = press(camera)
        assert photo is not None
        assert photo.size == SIZE
    assert emulator.pid == firmware


def test_of_two_cameras_each_answers_for_itself(emulator, picture, tmp_path):
    with usb_camera("VM-0002", replay=picture):
        for serial_number in ("VM-0001", "VM-0002"):
            with Camera.open(serial_number, spool=tmp_path / serial_number) as camera:
                assert camera.serial_number == serial_number


def test_two_cameras_with_one_serial_number_are_named_by_their_ports(emulator, gadget, picture, tmp_path):
    with usb_camera("VM-0001", replay=picture), pytest.raises(CameraNotFound, match="Several") as error:
        Camera.open("VM-0001", spool=tmp_path)
    assert gadget.host.serial_port in str(error.value)
