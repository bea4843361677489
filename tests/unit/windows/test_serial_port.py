"""A serial port of Windows: timeouts that stay as they are, reads that are cancelled, who has the port."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
import serial
from pytest_mock import MockerFixture

from oralcam.errors import CameraClosed, DeviceDisconnected, PortInUse, PortNotFound
from oralcam.link.ports import blocking_serial, serial_port
from oralcam.link.ports.serial_port import Port

DEADLINE_S = 60.0


class Com3:
    """What pyserial gives for a COM port, with the device's side in `arrived` and `taken`."""

    def __init__(self) -> None:
        self.arrived = bytearray()
        self.taken = bytearray()
        self.timeouts: list[float] = []
        self.gone = False
        self._cancelled = threading.Event()
        self._write_timeout: float | None = None

    @property
    def in_waiting(self) -> int:
        return len(self.arrived)

    def read(self, size: int) -> bytes:
        if self.gone:
            raise serial.SerialException("ClearCommError failed (PermissionError(13, '…', None, 22))")
        if size and not self.arrived:
            self._cancelled.wait(blocking_serial.READ_S)
        data = bytes(self.arrived[:size])
        del self.arrived[:size]
        return data

    @property
    def write_timeout(self) -> float | None:
        return self._write_timeout

    @write_timeout.setter
    def write_timeout(self, timeout: float) -> None:
        self.timeouts.append(timeout)
        self._write_timeout = timeout

    def write(self, data: bytes) -> int:
        self.taken += data
        return len(data)

    def cancel_read(self) -> None:
        self._cancelled.set()

    def cancel_write(self) -> None:
        pass

    def close(self) -> None:
        self.gone = True


@pytest.fixture
def com3(mocker: MockerFixture) -> Com3:
    device = Com3()
    mocker.patch.object(serial_port, "POSIX", False)
    mocker.patch.object(serial_port, "TAKEN", ("PermissionError",))
    opened = mocker.patch.object(serial, "serial_for_url", return_value=device)
    device.opened = opened  # type: ignore[attr-defined]
    return device


def test_it_is_opened_with_the_timeout_that_it_keeps(com3: Any) -> None:
    Port("COM3").close()
    assert com3.opened.call_args.kwargs == {"baudrate": 115200, "timeout": blocking_serial.READ_S}
    assert com3.gone


def test_what_has_arrived_is_received_at_once(com3: Com3) -> None:
    port = Port("COM3")
    com3.arrived += b"hello"
    assert port.receive(0.0) == b"hello"
    assert port.receive(0.0) == b""


def test_the_device_is_configured_when_the_deadline_changes_and_not_at_every_write(com3: Com3) -> None:
    port = Port("COM3")
    for _ in range(5):
        port.send(b"x", 0.6)
    port.send(b"goodbye", 0.3)
    assert com3.taken == b"xxxxxgoodbye"
    assert com3.timeouts == [0.6, 0.3]


def test_a_device_that_takes_no_data_is_said(com3: Com3, mocker: MockerFixture) -> None:
    mocker.patch.object(com3, "write", side_effect=serial.SerialTimeoutException("Write timeout"))
    with pytest.raises(DeviceDisconnected, match="takes no data"):
        Port("COM3").send(b"x", 0.1)


def test_an_unplugged_device_is_a_disconnection(com3: Com3) -> None:
    port = Port("COM3")
    com3.gone = True
    with pytest.raises(DeviceDisconnected, match="unplugged"):
        port.receive(1.0)


def test_interrupt_ends_a_read_that_waits(com3: Com3) -> None:
    port = Port("COM3")
    ended: list[bytes] = []
    thread = threading.Thread(target=lambda: ended.append(port.receive(DEADLINE_S)))
    thread.start()
    port.interrupt()
    thread.join(DEADLINE_S / 2)
    assert ended == [b""]
    with pytest.raises(CameraClosed):
        port.receive(0.0)


def test_a_port_without_cancelling_is_interrupted_between_two_reads(mocker: MockerFixture) -> None:
    stopped = mocker.Mock(side_effect=[False, False, True])
    device = mocker.Mock(spec=["read", "in_waiting"], in_waiting=0)
    device.read.return_value = b""
    blocking_serial.interrupt(device)
    began_s = time.monotonic()
    assert blocking_serial.receive(device, DEADLINE_S, stopped) == b""
    assert device.read.call_count == 3
    assert time.monotonic() - began_s < DEADLINE_S


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("could not open port 'COM3': PermissionError(13, 'Zugriff verweigert', None, 5)", PortInUse),
        ("could not open port 'COM3': FileNotFoundError(2, 'Datei nicht gefunden', None, 2)", PortNotFound),
        ("could not open port 'COM3': OSError(22, 'Ein Gerät …', None, 31)", PortNotFound),
    ],
)
def test_a_port_that_cannot_be_opened_says_why(com3: Any, reason: str, kind: type[Exception]) -> None:
    com3.opened.side_effect = serial.SerialException(reason)
    with pytest.raises(kind, match="COM3"):
        Port("COM3")
