"""States between plugged in and unplugged, as hosts bring them about."""

from __future__ import annotations

import shutil
import subprocess

import pytest
import usb.core
from serial import SerialException

from oralcam import Camera
from oralcam.errors import NotACamera
from tests.usb_vm.both_ends import HostsBulk, both_ends, open_serial, receive
from tools.testbeds.usb_vm.gadget import Gadget
from tools.testbeds.usb_vm.kernel_files import read, wait_until


@pytest.fixture(scope="module")
def ends():
    with both_ends() as both:
        yield both


@pytest.fixture
def host(ends):
    return ends.gadget.host


def works(ends) -> None:
    """Both interfaces carry bytes both ways."""
    wait_until(lambda: ends.gadget.host.serial_port, "the host has the serial port")
    with open_serial(ends.gadget.host.serial_port) as port:
        port.write(b"ping")
        assert receive(ends.serial, 4) == b"ping"
        ends.serial.sendall(b"pong")
        assert port.read(4) == b"pong"
    bulk = HostsBulk(ends)
    bulk.write(b"ping")
    assert receive(ends.bulk, 4) == b"ping"
    ends.bulk.sendall(b"pong")
    assert bulk.read(4) == b"pong"
    bulk.close()


def test_without_a_configuration_it_is_there_and_has_no_interfaces(ends, host):
    host.unconfigure()
    assert host.present
    assert not host.configured
    assert host.serial_port is None
    host.configure()
    works(ends)


def test_a_device_that_the_host_does_not_trust(ends, host):
    host.authorize(False)
    assert host.present
    assert host.serial_port is None
    host.authorize(True)
    works(ends)


def test_the_serial_interface_is_taken_away_and_bulk_goes_on(ends, host):
    port = open_serial(host.serial_port)
    bulk = HostsBulk(ends)
    host.take_interface("02")
    with pytest.raises((SerialException, OSError)):
        port.read(1)
    port.close()
    ends.bulk.sendall(b"still here")
    assert bulk.read(10) == b"still here"
    bulk.close()
    host.give_interface("02")
    works(ends)


def test_the_bulk_interface_is_taken_away_and_serial_goes_on(ends, host):
    bulk = HostsBulk(ends)
    bulk.write(b"a")
    assert receive(ends.bulk, 1) == b"a"
    host.take_interface("ff")
    with pytest.raises(usb.core.USBError):
        bulk.write(b"b")
    bulk.close()
    with open_serial(host.serial_port) as port:
        ends.serial.sendall(b"still here")
        assert port.read(10) == b"still here"
    host.give_interface("ff")
    works(ends)


def test_a_suspended_device_wakes_up_when_it_is_used(ends, host):
    host.let_suspend()
    wait_until(lambda: host.suspended, "it is suspended")
    works(ends)
    host.keep_awake()
    assert not host.suspended


def test_a_camera_that_is_in_use_is_not_suspended(ends, host):
    with open_serial(host.serial_port) as port:
        host.let_suspend()
        ends.serial.sendall(b"pressed")
        assert port.read(7) == b"pressed"
        assert not host.suspended
    host.keep_awake()


def test_a_device_that_can_wake_its_host_is_suspended_while_in_use():
    with both_ends(remote_wakeup=True) as ends, open_serial(ends.gadget.host.serial_port) as port:
        ends.gadget.host.let_suspend(idle_ms=500)  # time enough for what woke it
        wait_until(lambda: ends.gadget.host.suspended, "it is suspended although the port is open")
        ends.gadget.wake_host()
        ends.serial.sendall(b"pressed")
        assert port.read(7) == b"pressed"


def test_the_host_reboots_and_the_camera_keeps_its_power(ends, host):
    port = open_serial(host.serial_port)
    host.stop()
    with pytest.raises((SerialException, OSError)):
        port.read(1)
    port.close()
    host.start()
    host.wait_configured()
    works(ends)


def test_the_ports_power_is_switched(ends, host):
    host.switch_port(False)
    host.wait_gone()
    host.switch_port(True)
    host.wait_configured()
    works(ends)


@pytest.mark.skipif(not shutil.which("uhubctl"), reason="uhubctl is not installed")
def test_uhubctl_switches_the_ports_power(ends, host):
    before = read(host.device / "devnum")
    command = ["uhubctl", "--location", str(host.bus), "--ports", "1", "--action", "cycle", "--delay", "1"]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    wait_until(lambda: read(host.device / "devnum") not in ("", before), "the device is another than before")
    host.wait_configured()
    works(ends)


def test_a_bulk_interface_with_nobody_behind_it_answers_nothing_and_serial_works():
    with Gadget("VM-0001", bulk_survives=True) as gadget:
        assert gadget.bulk is not None
        gadget.plug_in()
        gadget.bulk.abandon()
        assert gadget.host.serial_port
        assert gadget.host.interface("ff")


@pytest.mark.timeout(25)  # closing it would take the kernel 30 s
def test_a_serial_port_with_nobody_behind_it_is_refused_soon():
    with Gadget("VM-0001", bulk=False) as gadget:
        gadget.plug_in()
        assert gadget.host.serial_port
        with pytest.raises(NotACamera):
            Camera.open(gadget.host.serial_port)


def test_a_device_whose_program_dies_vanishes():
    with Gadget("VM-0001") as gadget:
        assert gadget.bulk is not None
        gadget.plug_in()
        gadget.bulk.abandon()
        gadget.host.wait_gone()
