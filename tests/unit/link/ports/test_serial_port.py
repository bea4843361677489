"""A port that goes away: pyserial lets several kinds of exception through, all the same to a program."""

from __future__ import annotations

import os
import pty
import termios
import tty
from collections.abc import Iterator

import pytest
import serial
from pytest_mock import MockerFixture

from oralcam.errors import CameraClosed, DeviceDisconnected, PortNotFound
from oralcam.link.ports.serial_port import Port


@pytest.fixture
def port() -> Iterator[Port]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    opened = Port(os.ttyname(slave))
    yield opened
    opened.close()
    os.close(slave)
    os.close(master)


@pytest.mark.parametrize(
    "error",
    [
        serial.SerialException("gone"),
        OSError(5, "I/O error"),
        termios.error(5, "I/O error"),
        TypeError("closed"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_way_to_go_is_a_disconnection(port: Port, mocker: MockerFixture, error: Exception) -> None:
    mocker.patch("os.read", side_effect=error)
    with pytest.raises(DeviceDisconnected, match="unplugged or lost power"):
        port.receive(0.1)
    mocker.stopall()
    mocker.patch("os.write", side_effect=error)
    with pytest.raises(DeviceDisconnected, match="unplugged or lost power"):
        port.send(b"data", 0.1)
    mocker.stopall()  # the port is closed with what is real


def test_a_port_whose_other_end_is_closed_has_gone() -> None:
    master, slave = pty.openpty()
    port = Port(os.ttyname(slave))
    os.close(slave)
    os.close(master)
    with pytest.raises(DeviceDisconnected):
        port.receive(1.0)
    with pytest.raises(DeviceDisconnected):
        port.send(b"data", 1.0)
    port.close()


def test_a_port_that_has_gone_leaves_no_descriptor_behind() -> None:
    master, slave = pty.openpty()
    before = os.listdir("/proc/self/fd")
    port = Port(os.ttyname(slave))
    os.close(master)  # hung up
    port.close()
    assert len(os.listdir("/proc/self/fd")) == len(before) - 1
    os.close(slave)


def test_nobody_reads_at_the_other_end(port: Port) -> None:
    with pytest.raises(DeviceDisconnected, match="takes no data"):
        port.send(bytes(1 << 20), 0.05)


def test_an_interrupted_port_serves_nobody_any_more(port: Port) -> None:
    assert port.receive(0.0) == b""
    port.interrupt()
    with pytest.raises(CameraClosed):
        port.receive(10.0)
    with pytest.raises(DeviceDisconnected):
        port.send(bytes(1 << 20), 10.0)


def test_a_port_that_is_not_there() -> None:
    with pytest.raises(PortNotFound, match="There is no port"):
        Port("/dev/ttyACM77")
