"""What a host finds out about a gadget."""

from __future__ import annotations

import contextlib

import pytest
import usb.util
from serial.tools import list_ports

from oralcam.usb.libusb import Libusb, location_of
from tools.testbeds.usb_vm.function_descriptors import BulkDescription
from tools.testbeds.usb_vm.gadget import Gadget
from tools.testbeds.usb_vm.kernel_files import GadgetError, read


@contextlib.contextmanager
def the_camera():
    """pyusb's device with a camera's numbers."""
    libusb = Libusb()
    (device,) = libusb.find(lambda found: (found.idVendor, found.idProduct) == (0x1209, 0x0001))
    yield device
    libusb.close()


def ports():
    return sorted(list_ports.comports(), key=lambda port: port.location or "")


def cameras_ports():
    return [port for port in ports() if (port.vid, port.pid) == (0x1209, 0x0001)]


def test_pyserial_sees_ids_serial_number_and_product(gadget):
    (port,) = cameras_ports()
    assert (port.device, port.serial_number) == (gadget.host.serial_port, "VM-0001")
    assert (port.manufacturer, port.product) == ("oralcam", "oralcam camera")


def test_pyusb_sees_the_same_camera_with_its_bulk_interface(gadget):
    with the_camera() as device:
        assert location_of(device) == gadget.host.name
        assert device.serial_number == "VM-0001"
        interface = device.get_active_configuration()[(2, 0)]
        numbers = (interface.bInterfaceClass, interface.bInterfaceSubClass, interface.bInterfaceProtocol)
        assert numbers == (0xFF, 0x4F, 0x43)
        assert usb.util.get_string(device, interface.iInterface) == "oralcam bulk"
        kinds = [(end.bmAttributes & 3, end.bEndpointAddress >> 7, end.wMaxPacketSize) for end in interface]
        assert sorted(kinds) == [(2, 0, 512), (2, 1, 512)]


def test_the_serial_port_is_no_modem(gadget):
    assert read(gadget.host.interface("02") / "bInterfaceProtocol") == "00"


def test_at_full_speed_packets_are_small():
    with Gadget("VM-0001", speed="full-speed") as gadget:
        gadget.plug_in()
        with the_camera() as device:
            assert [end.wMaxPacketSize for end in device.get_active_configuration()[(2, 0)]] == [64, 64]
        assert gadget.bulk is not None
        assert gadget.bulk.packet_size() == 64


def test_a_camera_without_a_serial_number_has_none():
    with Gadget(None) as gadget:
        gadget.plug_in()
        assert [port.serial_number for port in cameras_ports()] == [None]


@pytest.mark.parametrize("second", ["VM-0002", "VM-0001"])
def test_two_cameras_are_two_devices_even_with_one_serial_number(second):
    with Gadget("VM-0001") as one, Gadget(second) as other:
        one.plug_in()
        other.plug_in()
        assert {port.device for port in cameras_ports()} == {one.host.serial_port, other.host.serial_port}
        assert [port.serial_number for port in cameras_ports()] == ["VM-0001", second]
        assert one.host.name != other.host.name


def test_a_third_has_no_controller():
    with Gadget("1"), Gadget("2"), pytest.raises(GadgetError, match="No controller is free"):
        Gadget("3")
    Gadget("4").close()


def test_serial_only_and_bulk_only():
    with Gadget("VM-0001", bulk=False) as gadget:
        gadget.plug_in()
        assert gadget.host.serial_port
        with pytest.raises(GadgetError, match="no interface of class ff"):
            gadget.host.interface("ff")
    with Gadget("VM-0001", cdc=False) as gadget:
        gadget.plug_in()
        assert gadget.host.serial_port is None
        assert gadget.host.interface("ff")


def test_a_foreign_device_with_our_numbers():
    foreign = BulkDescription(subclass=1, protocol=2, name="something else")
    with Gadget("X", bulk=foreign, cdc=False, manufacturer="somebody", product="scanner") as gadget:
        gadget.plug_in()
        with the_camera() as device:
            assert device.product == "scanner"
        assert read(gadget.host.interface("ff") / "bInterfaceSubClass") == "01"


def test_nothing_stays_behind(leaks):
    for _ in range(3):
        with Gadget("VM-0001") as gadget:
            gadget.plug_in()
        gadget.close()
    assert cameras_ports() == []
