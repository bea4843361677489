"""Plugs are pulled at any moment and put in again: nothing hangs, nothing leaks."""

from __future__ import annotations

import errno

import pytest
import usb.core
from serial import SerialException

from tests.usb_vm.both_ends import (
    HostsBulk,
    both_ends,
    fill,
    hung_up,
    open_serial,
    read_until_gone,
    receive,
    send_meanwhile,
)
from tools.testbeds.usb_vm.gadget import Gadget
from tools.testbeds.usb_vm.kernel_files import wait_until

RE_PLUGS = 50


def test_fifty_re_plugs_leave_nothing_behind(leaks):
    with both_ends() as ends:
        for _ in range(RE_PLUGS):
            ends.unplug()
            assert not ends.gadget.host.present
            ends.plug_in()
        with open_serial(ends.gadget.host.serial_port) as port:
            ends.serial.sendall(b"here again")
            assert port.read(10) == b"here again"
        bulk = HostsBulk(ends)
        ends.bulk.sendall(b"here too")
        assert bulk.read(8) == b"here too"
        bulk.close()


def test_an_unplug_ends_what_both_ends_are_doing(leaks):
    with both_ends() as ends:
        port = open_serial(ends.gadget.host.serial_port)
        bulk = HostsBulk(ends)
        # the firmware sends, and nobody reads: both its ways are full
        fill(ends.serial)
        fill(ends.bulk)
        assert bulk.read(4096)
        ends.unplug()
        assert isinstance(read_until_gone(lambda: port.read(4096)), (SerialException, OSError))
        gone = read_until_gone(lambda: bulk.read(4096))
        assert isinstance(gone, usb.core.USBError)
        assert gone.errno in (errno.ENODEV, errno.EIO, errno.EPIPE)
        assert hung_up(ends.serial)
        assert hung_up(ends.bulk)
        port.close()
        bulk.close()


def test_what_was_on_its_way_is_not_delivered_after_the_next_plug_in():
    with both_ends() as ends:
        sending = send_meanwhile(ends.bulk, b"old" * 100_000)
        bulk = HostsBulk(ends)
        assert bulk.read(512)
        ends.unplug()
        bulk.close()
        sending.join()
        ends.plug_in()
        bulk = HostsBulk(ends)
        ends.bulk.sendall(b"new")
        assert bulk.read(3) == b"new"
        bulk.close()


def test_a_device_that_vanishes_while_the_host_enumerates_it(leaks):
    with Gadget("VM-0001") as gadget:
        for _ in range(5):
            gadget.bind()
            wait_until(lambda: gadget.host.present, "the host has noticed it")
            gadget.unbind()  # before it has a configuration
        gadget.plug_in()
        assert gadget.host.serial_port


def test_a_plug_pulled_at_once_is_pulled(leaks):
    with Gadget("VM-0001") as gadget:
        for _ in range(5):
            gadget.bind()
            gadget.unbind()
        gadget.plug_in()


def test_the_firmware_may_be_killed_before_the_unplug(leaks):
    with both_ends() as ends:
        ends.serial.close()
        ends.bulk.close()
        bulk = HostsBulk(ends)
        with pytest.raises(usb.core.USBTimeoutError):
            bulk.inward.read(512, 50)
        bulk.close()
        ends.unplug()
        ends.plug_in()
        with open_serial(ends.gadget.host.serial_port) as port:
            port.write(b"still works")
            assert receive(ends.serial, 11) == b"still works"
