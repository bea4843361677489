"""A bulk interface as a port: the errors of a serial one, and every trouble that USB has to offer."""

from __future__ import annotations

import errno
import gc
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oralcam.errors import (
    CameraClosed,
    DeviceDisconnected,
    MissingExtra,
    OralcamError,
    PortInUse,
    PortNotFound,
)
from oralcam.link.ports.counters import LinkCounters
from oralcam.link.ports.usb_port import MISHAPS, UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BULK_INTERFACE, BusDevice, camera_interfaces, failure
from oralcam.trace.recorder import Recorder, read_trace
from oralcam.usb import libusb
from oralcam.usb.interface import Alternate, Endpoint

NAME = "usb:1-1"
OURS = (0xFF, 0x4F, 0x43)
DEADLINE_S = 60.0


@pytest.fixture
def counters() -> LinkCounters:
    return LinkCounters()


@pytest.fixture
def port(bus: UsbBus, device: BusDevice, counters: LinkCounters) -> Iterator[UsbPort]:
    opened = UsbPort(NAME, backend=bus, counters=counters)
    yield opened
    opened.close()


def received(port: UsbPort, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = port.receive(DEADLINE_S)
        assert piece
        data += piece
    return data


def taken(far_end: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += far_end.recv(65536)
    return data


def failing(name: str, error: Exception, times: int = 1) -> Callable[[str], None]:
    """For `bus.on_call`: that call fails so often."""
    left = [times]

    def on_call(called: str) -> None:
        if called == name and left[0]:
            left[0] -= 1
            raise error

    return on_call


def outcome(call: Callable[[], None]) -> OralcamError | None:
    """What it ends with."""
    try:
        call()
    except OralcamError as error:
        return error
    return None


# -- bytes -------------------------------------------------------------------------------------------


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


# -- it cannot be opened -----------------------------------------------------------------------------


def refuses(bus: UsbBus, kind: type[OralcamError], sentence: str, name: str = NAME) -> None:
    with pytest.raises(kind, match=sentence):
        UsbPort(name, backend=bus)
    assert bus.open_handles == 0
    assert not [device for device in bus.devices if device.claimed]


def test_a_device_that_is_not_there(bus: UsbBus, device: BusDevice) -> None:
    refuses(bus, PortNotFound, "There is no device on usb:1-2", "usb:1-2")
    refuses(bus, PortNotFound, "There is no device on usb:nonsense", "usb:nonsense")


def test_no_permission_names_the_rules(
    bus: UsbBus, device: BusDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oralcam.link.ports.device_lock.AVAILABLE", True)
    device.is_denied = True
    refuses(bus, PortNotFound, "oralcam udev --print")


def test_where_there_are_no_permissions_denied_means_in_use(
    bus: UsbBus, device: BusDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oralcam.link.ports.device_lock.AVAILABLE", False)
    device.is_denied = True
    refuses(bus, PortInUse, "in use by another program")


def test_no_driver_at_all_as_on_windows(bus: UsbBus, device: BusDevice) -> None:
    bus.on_call = failing("open_device", NotImplementedError())
    refuses(bus, PortNotFound, "WinUSB")


def test_another_program_has_claimed_it(bus: UsbBus, device: BusDevice) -> None:
    with_it = UsbPort(NAME, backend=bus)
    with pytest.raises(PortInUse, match="in use by"):
        UsbPort(NAME, backend=bus)
    assert bus.open_handles == 1
    with_it.close()
    UsbPort(NAME, backend=bus).close()


def test_without_pyusb_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "usb.backend", None)
    with pytest.raises(MissingExtra, match=r"pip install \"oralcam\[usb\]\""):
        UsbPort(NAME)


@pytest.mark.parametrize("found", [None, type("Broken", (), {"lib": None, "__init__": lambda *_: None})])
def test_without_libusb_that_is_said(monkeypatch: pytest.MonkeyPatch, found: object) -> None:
    from usb.backend import libusb1

    def broken(*_: object) -> object:
        raise failure(None)

    backend = None if found is None else type("Backend", (), {"lib": 1, "__new__": broken})
    shared = None if backend is None else object.__new__(type("Shared", (backend,), {}))
    monkeypatch.setattr(libusb1, "get_backend", lambda: shared)
    with pytest.raises(MissingExtra, match=r"libusb 1\.0 is needed"):
        UsbPort(NAME)


# -- descriptors -------------------------------------------------------------------------------------


def test_a_device_without_our_interface(bus: UsbBus, device: BusDevice) -> None:
    device.pulled.add(BULK_INTERFACE)
    refuses(bus, PortNotFound, "What is on usb:1-1 has no bulk interface")


def test_a_device_that_promises_endpoints_it_does_not_describe(bus: UsbBus, device: BusDevice) -> None:
    device.promised_endpoints = 30
    UsbPort(NAME, backend=bus).close()  # what it does describe is enough
    device.interfaces = [Alternate(0, 0, OURS, [])]
    refuses(bus, PortNotFound, "without a bulk endpoint")


def test_the_alternate_setting_that_has_the_endpoints_is_set(
    bus: UsbBus, device: BusDevice, far_end: socket.socket
) -> None:
    ends = [Endpoint(0x83, 2, 512), Endpoint(0x03, 2, 512)]
    device.interfaces = [Alternate(2, 0, OURS, []), Alternate(2, 1, OURS, ends)]
    port = UsbPort(NAME, backend=bus)
    assert device.settings == {2: 1}
    port.send(b"hello", DEADLINE_S)
    assert taken(far_end, 5) == b"hello"
    port.close()


def test_the_only_setting_is_not_set_again(port: UsbPort, device: BusDevice) -> None:
    assert device.settings == {}  # some devices stall when they are asked for it


byte = st.integers(0, 255)
lying_interfaces = st.lists(
    st.builds(
        Alternate,
        st.integers(0, 3),
        st.integers(0, 2),
        st.one_of(st.just(OURS), st.tuples(byte, byte, byte)),
        st.lists(st.builds(Endpoint, byte, byte, st.sampled_from([0, 8, 64, 512, 999])), max_size=3),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None, database=None)
@given(lying_interfaces, st.one_of(st.none(), byte), st.sampled_from([0, 1, 7]))
def test_any_descriptors_give_a_port_or_a_sentence(
    interfaces: list[Alternate], promised: int | None, configuration: int
) -> None:
    bus = UsbBus()
    device = BusDevice(interfaces=interfaces)
    device.promised_endpoints = promised
    device.configuration = configuration
    device.kernel_drivers = set()
    bus.plug(device)
    refusal = outcome(lambda: UsbPort(NAME, backend=bus).close())
    assert refusal is None or str(refusal).count("usb:1-1") == 1
    assert (bus.open_handles, device.claimed) == (0, {})


# -- configuration and kernel ------------------------------------------------------------------------


def test_a_device_without_a_configuration_gets_one(bus: UsbBus, device: BusDevice) -> None:
    device.configuration, device.kernel_drivers = 0, set()
    UsbPort(NAME, backend=bus).close()
    assert device.configuration == 1


@pytest.mark.parametrize("number", [errno.ESHUTDOWN, errno.EIO, None])
def test_a_configuration_that_is_refused_once_is_set_again(
    bus: UsbBus, device: BusDevice, number: int | None
) -> None:
    device.configuration, device.kernel_drivers = 0, set()
    bus.on_call = failing("set_configuration", failure(number))
    UsbPort(NAME, backend=bus).close()
    assert device.configuration == 1


def test_a_configuration_that_is_refused_twice_is_not(bus: UsbBus, device: BusDevice) -> None:
    device.configuration, device.kernel_drivers = 0, set()
    bus.on_call = failing("set_configuration", failure(errno.EIO), times=2)
    refuses(bus, DeviceDisconnected, "went away while it was opened")


def test_a_device_that_is_set_up_is_not_set_up_again(bus: UsbBus, device: BusDevice) -> None:
    called: list[str] = []
    bus.on_call = called.append
    UsbPort(NAME, backend=bus).close()
    assert "set_configuration" not in called
    assert device.kernel_drivers == {0, 1}  # the serial port is the kernel's still


def test_an_unknown_configuration_that_the_kernel_uses_is_left_alone(bus: UsbBus, device: BusDevice) -> None:
    device.configuration = 9  # none of those it describes
    refuses(bus, PortInUse, "used by the system")
    assert device.configuration == 9


def test_a_kernel_driver_on_the_interface_is_put_back_afterwards(bus: UsbBus, device: BusDevice) -> None:
    device.kernel_drivers.add(BULK_INTERFACE)
    port = UsbPort(NAME, backend=bus)
    assert device.kernel_drivers == {0, 1}
    port.close()
    assert device.kernel_drivers == {0, 1, BULK_INTERFACE}


def test_a_system_without_such_drivers(bus: UsbBus, device: BusDevice) -> None:
    bus.on_call = failing("is_kernel_driver_active", NotImplementedError())
    UsbPort(NAME, backend=bus).close()


def test_a_kernel_driver_that_does_not_let_go(bus: UsbBus, device: BusDevice) -> None:
    device.kernel_drivers.add(BULK_INTERFACE)
    bus.on_call = failing("detach_kernel_driver", failure(errno.EBUSY))
    refuses(bus, PortInUse, "in use by")


# -- stalls, overflows, errors -----------------------------------------------------------------------


def test_a_stall_is_cleared_and_counted(
    port: UsbPort, device: BusDevice, far_end: socket.socket, counters: LinkCounters
) -> None:
    device.halted |= {0x83, 0x03}
    far_end.sendall(b"after the stall")
    assert port.receive(DEADLINE_S) == b"after the stall"
    port.send(b"too", DEADLINE_S)
    assert taken(far_end, 3) == b"too"
    assert (counters.usb_stalls, device.halted) == (2, set())


def test_an_endpoint_that_stalls_for_ever_is_given_up(
    port: UsbPort, bus: UsbBus, device: BusDevice, counters: LinkCounters
) -> None:
    bus.on_call = lambda name: device.halted.update({0x83})
    with pytest.raises(DeviceDisconnected, match="errors only"):
        port.receive(DEADLINE_S)
    assert counters.usb_stalls == MISHAPS


def test_a_stall_that_cannot_be_cleared_is_the_end(port: UsbPort, bus: UsbBus, device: BusDevice) -> None:
    device.halted.add(0x83)
    bus.on_call = failing("clear_halt", failure(errno.ENODEV))
    with pytest.raises(DeviceDisconnected, match="unplugged"):
        port.receive(DEADLINE_S)


def test_an_overflow_is_counted_and_the_rest_goes_on(
    port: UsbPort, bus: UsbBus, far_end: socket.socket, counters: LinkCounters
) -> None:
    bus.on_call = failing("bulk_read", failure(errno.EOVERFLOW))
    far_end.sendall(b"what came next")
    assert port.receive(DEADLINE_S) == b"what came next"
    assert counters.usb_overflows == 1


@pytest.mark.parametrize("number", [errno.EINTR, errno.ETIMEDOUT])
def test_an_interruption_is_none(port: UsbPort, bus: UsbBus, far_end: socket.socket, number: int) -> None:
    bus.on_call = failing("bulk_read", failure(number))
    far_end.sendall(b"data")
    assert port.receive(DEADLINE_S) == b"data"


@pytest.mark.parametrize(
    "error",
    [
        *map(failure, (errno.ENODEV, errno.EIO, errno.ENOENT, errno.EPROTO, errno.ENOMEM, None)),
        ValueError("Invalid endpoint address"),
        NotImplementedError(),
    ],
    ids=str,
)
def test_every_other_error_is_a_disconnection(port: UsbPort, bus: UsbBus, error: Exception) -> None:
    bus.on_call = failing("bulk_read", error)
    with pytest.raises(DeviceDisconnected, match="unplugged or lost power"):
        port.receive(DEADLINE_S)
    bus.on_call = failing("bulk_write", error)
    with pytest.raises(DeviceDisconnected, match="unplugged or lost power"):
        port.send(b"data", DEADLINE_S)


# -- it goes -----------------------------------------------------------------------------------------


def calls_of_a_life(bus: UsbBus, far_end: socket.socket) -> list[str]:
    called: list[str] = []
    bus.on_call = called.append
    live(bus, far_end)
    return called


def live(bus: UsbBus, far_end: socket.socket) -> None:
    """Open, receive, send, close."""
    far_end.sendall(b"hello")
    port = UsbPort(NAME, backend=bus)
    try:
        port.receive(0.5)
        port.send(b"hello", 0.5)
    finally:
        port.close()


@pytest.mark.parametrize("configured", [True, False])
def test_it_may_vanish_at_any_call(
    bus: UsbBus, device: BusDevice, far_end: socket.socket, configured: bool
) -> None:
    if not configured:
        device.kernel_drivers = set()
    device.configuration = int(configured)
    calls = calls_of_a_life(bus, far_end)
    assert len(calls) > 20
    for number in range(len(calls)):
        device.configuration = int(configured)
        left = [number]

        def vanish(name: str, left: list[int] = left) -> None:
            if left[0] == 0:
                bus.unplug(device)
            left[0] -= 1

        bus.on_call = vanish
        end = outcome(lambda: live(bus, far_end))
        assert end is None or isinstance(end, (DeviceDisconnected, PortNotFound)), (calls[number], end)
        assert bus.open_handles == 0, calls[number]  # while the traceback still knows the device
        bus.on_call = None
        bus.unplug(device)
        bus.plug(device)
    live(bus, far_end)


def test_the_next_device_on_the_same_port_is_another_one(
    port: UsbPort, bus: UsbBus, device: BusDevice
) -> None:
    bus.unplug(device)
    bus.plug(device)
    with pytest.raises(DeviceDisconnected):
        port.receive(DEADLINE_S)
    UsbPort(NAME, backend=bus).close()


def test_its_firmware_ends(port: UsbPort, far_end: socket.socket) -> None:
    far_end.close()
    with pytest.raises(DeviceDisconnected):
        port.receive(DEADLINE_S)
    with pytest.raises(DeviceDisconnected):
        port.send(b"data", DEADLINE_S)


# -- the end -----------------------------------------------------------------------------------------


def test_an_interrupted_port_serves_nobody_any_more(port: UsbPort) -> None:
    assert port.receive(0.0) == b""
    port.interrupt()
    with pytest.raises(CameraClosed):
        port.receive(10.0)
    with pytest.raises(DeviceDisconnected):
        port.send(bytes(4 << 20), 10.0)


def test_interrupt_reaches_a_thread_that_waits(port: UsbPort) -> None:
    ended: list[Exception] = []

    def wait() -> None:
        try:
            port.receive(30.0)
        except CameraClosed as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    port.interrupt()
    thread.join(DEADLINE_S)
    assert len(ended) == 1


def test_close_waits_for_who_sends(port: UsbPort, bus: UsbBus) -> None:
    ended: list[Exception] = []

    def send() -> None:
        try:
            port.send(bytes(4 << 20), 30.0)
        except DeviceDisconnected as error:
            ended.append(error)

    thread = threading.Thread(target=send)
    thread.start()
    deadline = time.monotonic() + DEADLINE_S
    while not bus.written:
        assert time.monotonic() < deadline
    port.close()
    thread.join(DEADLINE_S)
    assert len(ended) == 1
    assert bus.open_handles == 0


def test_a_closed_port_says_so_and_closes_again(port: UsbPort) -> None:
    port.close()
    port.close()
    with pytest.raises(CameraClosed):
        port.receive(1.0)
    with pytest.raises(DeviceDisconnected):
        port.send(b"data", 1.0)


def test_a_handle_that_a_transfer_hangs_in_is_left_rather_than_freed(
    bus: UsbBus, device: BusDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oralcam.link.ports.usb_port.CLOSE_S", 0.05)
    port = UsbPort(NAME, backend=bus)
    is_inside, may_end = threading.Event(), threading.Event()

    def hang(name: str) -> None:
        if name == "bulk_read":
            is_inside.set()
            may_end.wait(DEADLINE_S)

    bus.on_call = hang
    thread = threading.Thread(target=lambda: port.receive(0.01))
    thread.start()
    assert is_inside.wait(DEADLINE_S)
    port.close()
    assert bus.open_handles == 1
    may_end.set()
    thread.join(DEADLINE_S)


def test_fifty_plugs_leave_nothing_behind(bus: UsbBus, device: BusDevice, far_end: socket.socket) -> None:
    live(bus, far_end)
    before = (len(os.listdir("/proc/self/fd")), len(threading.enumerate()))
    for _ in range(50):
        port = UsbPort(NAME, backend=bus)
        bus.unplug(device)
        with pytest.raises(DeviceDisconnected):
            port.receive(DEADLINE_S)
        port.close()
        bus.plug(device)
    gc.collect()
    assert (len(os.listdir("/proc/self/fd")), len(threading.enumerate())) == before
    assert bus.open_handles == 0
    live(bus, far_end)


def test_each_use_of_libusb_has_a_context_of_its_own() -> None:
    first, second = libusb._fresh_backend(), libusb._fresh_backend()
    assert first is not second
    first.finalize()
    second.finalize()
