"""What is sent over a bulk interface arrives, and what is said is received, at any packet size."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oralcam.errors import (
    DeviceDisconnected,
)
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice, camera_interfaces
from oralcam.trace.recorder import Recorder, read_trace
from tests.unit.link.ports.usb_port.driving import (
    DEADLINE_S,
    NAME,
    received,
    taken,
)


@settings(
    max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.binary(min_size=1, max_size=2000), min_size=1, max_size=5), st.sampled_from([64, 512]))
def test_what_is_sent_arrives_and_what_is_said_is_received(pieces: list[bytes], packet_size: int) -> None:
    near, far = socket.socketpair()
    bus = UsbBus()
    bus.plug(BusDevice("1-1", interfaces=camera_interfaces(packet_size), wire=near))
    port = UsbPort(NAME, backend=bus)
    try:
        for piece in pieces:
            port.send(piece, DEADLINE_S)
            assert taken(far, len(piece)) == piece
            far.sendall(piece + b"!" * (len(piece) % packet_size == 0))
            assert received(port, len(piece))[: len(piece)] == piece
        assert not [length for length in bus.written if length % packet_size == 0]
    finally:
        port.close()
        near.close()
        far.close()


@pytest.mark.parametrize("packet_size", [64, 512])
@pytest.mark.parametrize("packets", [1, 3, 8])
def test_a_write_never_ends_on_a_full_packet(
    bus: UsbBus, device: BusDevice, far_end: socket.socket, packet_size: int, packets: int
) -> None:
    device.interfaces = camera_interfaces(packet_size)
    data = os.urandom(packet_size * packets)
    port = UsbPort(NAME, backend=bus)
    port.send(data, DEADLINE_S)
    assert taken(far_end, len(data)) == data
    assert bus.written == [len(data) - 1, 1]
    port.close()


@pytest.mark.parametrize("packet_size", [64, 512])
def test_a_burst_that_ends_on_a_full_packet_arrives_all_the_same(
    bus: UsbBus, device: BusDevice, far_end: socket.socket, packet_size: int
) -> None:
    device.interfaces = camera_interfaces(packet_size)
    port = UsbPort(NAME, backend=bus)
    far_end.sendall(bytes(packet_size * 3))  # a device of somebody else's, which does not pad
    assert port.receive(DEADLINE_S) == bytes(packet_size * 3)  # kept, though libusb says timeout
    port.close()


def test_more_than_a_buffer_comes_in_several(port: UsbPort, far_end: socket.socket) -> None:
    data = os.urandom(100_001)
    writer = threading.Thread(target=far_end.sendall, args=(data,))
    writer.start()
    assert received(port, len(data)) == data
    writer.join()


def test_nothing_has_arrived(port: UsbPort) -> None:
    assert port.receive(0.0) == b""
    assert port.receive(-1.0) == b""
    assert port.receive(0.02) == b""
    port.send(b"", 0.0)


def test_a_device_that_takes_half_gets_the_rest(port: UsbPort, far_end: socket.socket) -> None:
    data = os.urandom(1_500_000)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(taken(far_end, len(data))))
    threading.Timer(0.2, reader.start).start()
    port.send(data, DEADLINE_S)
    reader.join(DEADLINE_S)
    assert got == [data]


def test_nobody_reads_at_the_other_end(port: UsbPort) -> None:
    with pytest.raises(DeviceDisconnected, match="takes no data"):
        port.send(bytes(4 << 20), 0.1)


def test_a_trace_has_what_went_both_ways(
    bus: UsbBus, device: BusDevice, far_end: socket.socket, tmp_path: Path
) -> None:
    recorder = Recorder(tmp_path / "trace")
    port = UsbPort(NAME, recorder, backend=bus)
    device.halted.add(0x03)
    port.send(b"to the camera", DEADLINE_S)
    far_end.sendall(b"to the host")
    port.receive(DEADLINE_S)
    port.close()
    recorder.close()
    entries = [(entry.to, entry.data or entry.note) for entry in read_trace(tmp_path / "trace")]
    assert entries == [("", "endpoint 0x03 stalled"), ("camera", b"to the camera"), ("host", b"to the host")]
