"""A gadget with the test at both ends: what the firmware would hold, and what the SDK would."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import serial

from oralcam.usb.libusb import Libusb, location_of
from tools.testbeds.usb_vm.connector import GadgetConnector
from tools.testbeds.usb_vm.gadget import Gadget

TIMEOUT_MS = 10_000
HOSTS_BUFFER = 16384


class BothEnds:
    """A plugged-in gadget; `serial` and `bulk` are the firmware's ends of its interfaces."""

    def __init__(self, gadget: Gadget) -> None:
        self.gadget = gadget
        self.connector = GadgetConnector(gadget)
        self.serial = self.bulk = socket.socket()
        self.plug_in()

    def plug_in(self) -> None:
        wires = self.connector.power_on()
        self._close_sockets()
        self.serial = socket.socket(fileno=wires.serial)
        self.bulk = socket.socket(fileno=wires.bulk)
        for end in (self.serial, self.bulk):
            end.settimeout(TIMEOUT_MS / 1000)
        self.connector.firmware_started()

    def unplug(self) -> None:
        self.connector.power_off()

    def _close_sockets(self) -> None:
        self.serial.close()
        self.bulk.close()

    def close(self) -> None:
        self.unplug()
        self._close_sockets()


@contextlib.contextmanager
def both_ends(serial_number: str | None = "VM-0001", **options: Any) -> Iterator[BothEnds]:
    with Gadget(serial_number, **options) as gadget:
        ends = BothEnds(gadget)
        try:
            yield ends
        finally:
            ends.close()


class HostsBulk:
    """The host's end of the bulk interface, through pyusb and libusb."""

    def __init__(self, ends: BothEnds) -> None:
        self._libusb = Libusb()
        (self.device,) = self._libusb.find(lambda device: location_of(device) == ends.gadget.host.name)
        interface = self.device.get_active_configuration()[(2, 0)]
        self.inward, self.outward = sorted(
            interface.endpoints(), key=lambda endpoint: -endpoint.bEndpointAddress
        )
        self.packet_size = self.inward.wMaxPacketSize

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes; each transfer may be as long as the SDK's."""
        data = bytearray()
        while len(data) < size:
            began = time.monotonic()
            data += self.inward.read(HOSTS_BUFFER, TIMEOUT_MS)
            # libusb gives what came before a timeout: then a transfer was not ended by the device
            assert time.monotonic() - began < TIMEOUT_MS / 1000, "the tail of a burst waited in the host"
        return bytes(data)

    def write(self, data: bytes) -> None:
        assert self.outward.write(data, TIMEOUT_MS) == len(data)

    def close(self) -> None:
        self._libusb.close()


def fill(end: socket.socket) -> None:
    """Send until nothing more is taken: nobody reads at the other end."""
    end.setblocking(False)
    try:
        while True:
            end.send(bytes(4096))
    except BlockingIOError:
        pass


def read_until_gone(read: Callable[[], object]) -> Exception:
    """What a reader gets when all that was there has been read, and the device has gone."""
    while True:
        try:
            read()
        except Exception as error:
            return error


def hung_up(end: socket.socket) -> bool:
    try:
        return end.recv(1) == b""
    except ConnectionResetError:  # not all that it sent was read
        return True


def receive(end: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = end.recv(size - len(data))
        assert piece, "hung up"
        data += piece
    return bytes(data)


def send_meanwhile(end: socket.socket, data: bytes) -> threading.Thread:
    def send() -> None:
        try:
            end.sendall(data)
        except OSError:
            pass  # unplugged meanwhile

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    return thread


def open_serial(path: str | None) -> serial.Serial:
    assert path is not None
    return serial.Serial(path, timeout=TIMEOUT_MS / 1000, exclusive=True)


def pattern(size: int) -> bytes:
    """Bytes in which a piece that is missing, doubled or moved is seen."""
    return b"".join(number.to_bytes(4, "little") for number in range(size // 4 + 1))[:size]


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))
