"""Opening and closing: what is not our camera is said so in a sentence; close ends everything, soon."""

from __future__ import annotations

import os
import pty
import select
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import serial

from oralcam import Camera, CameraNotFound, list_cameras
from oralcam.discovery.running_emulators import announced
from oralcam.emulator import Emulator
from oralcam.emulator.tcp import TcpPort
from oralcam.errors import (
    CameraClosed,
    DeviceDisconnected,
    IncompatibleFirmware,
    NotACamera,
    OralcamError,
    PortInUse,
    PortNotFound,
)
from oralcam_protocol.wire.codec import HelloReply, HelloRequest
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.frame import Decoder, encode_frame

Answer = Callable[[bytes], bytes]


@contextmanager
def device(answer: Answer) -> Iterator[str]:
    """Something on a serial port that answers what it hears."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    wake_in, wake_out = os.pipe()

    def serve() -> None:
        while True:
            ready, _, _ = select.select([master, wake_in], [], [])
            if wake_in in ready:
                return
            os.write(master, answer(os.read(master, 4096)))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield os.ttyname(slave)
    finally:
        os.write(wake_out, b"x")
        thread.join()
        for descriptor in (master, slave, wake_in, wake_out):
            os.close(descriptor)


def of_major(major: int) -> Answer:
    """A camera that speaks another major version: same header, another nibble."""

    def answer(data: bytes) -> bytes:
        replies = b""
        for frame in Decoder().feed(data):
            nonce = HelloRequest.unpack(frame.payload).nonce
            reply = HelloReply(nonce, 1, 1, 1, major, 0, 0, 0, 0, 512, 0, 0, "OLD-1", "9.9", "unix", 0)
            wire = bytearray(encode_frame(Kind.HELLO, 1, 0, 0, reply.pack())[:-4])
            wire[2] = major << 4 | Kind.HELLO
            wire[14] ^= (major ^ 1) << 4
            import binascii

            replies += bytes(wire) + binascii.crc32(wire).to_bytes(4, "little")
        return replies

    return answer


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda data: b"", "Nothing answers"),
        (lambda data: b"-sh: not found\r\n$ ", "it says '-sh: not found"),
        (
            lambda data: b"$GPGGA,123519,4807.038,N,01131.000,E,1,08*47\r\n",
            "it says '.GPGGA|it says '\\$GPGGA",
        ),
        (lambda data: data, "not an oralcam"),
    ],
    ids=["silence", "shell", "gps", "echo"],
)
def test_what_is_no_camera_is_said_so(answer: Answer, sentence: str) -> None:
    with device(answer) as port, pytest.raises(NotACamera, match=sentence):
        Camera.open(port)


@pytest.mark.parametrize(("major", "advice"), [(0, "update the camera"), (2, "update this program")])
def test_another_major_version_is_named(major: int, advice: str) -> None:
    with device(of_major(major)) as port, pytest.raises(IncompatibleFirmware, match=advice):
        Camera.open(port)


def test_a_port_that_is_not_there() -> None:
    with pytest.raises(PortNotFound, match="There is no port /dev/nothing"):
        Camera.open("/dev/nothing")


def test_a_path_that_is_no_port(tmp_path: object) -> None:
    with pytest.raises(PortNotFound, match="cannot be opened as a serial port"):
        Camera.open(f"{tmp_path}/../{os.path.basename(str(tmp_path))}")


def test_a_port_that_is_held_already(oralcam_camera: Camera) -> None:
    with pytest.raises(PortInUse, match="in use by this very program"):
        Camera.open(oralcam_camera.port)
    assert oralcam_camera.health().ok  # the first one is not disturbed


def test_no_camera_names_the_emulator() -> None:
    with pytest.raises(CameraNotFound, match="--emulator"):
        Camera.open()
    with pytest.raises(CameraNotFound, match="No camera with serial number OC-7"):
        Camera.open("OC-7")


def test_a_running_emulator_is_listed_and_found_by_its_serial_number(oralcam_emulator: Emulator) -> None:
    with announced(oralcam_emulator.serial_number, oralcam_emulator.port):
        (camera,) = list_cameras()
        assert (camera.serial_number, camera.kind) == (oralcam_emulator.serial_number, "emulator")
        with Camera.open(oralcam_emulator.serial_number) as opened:
            assert opened.serial_number == oralcam_emulator.serial_number
        with pytest.raises(CameraNotFound):
            Camera.open()  # an emulator is never taken for a camera unless it is named
    assert list_cameras() == []


def test_a_camera_over_tcp(oralcam_emulator: Emulator) -> None:
    with TcpPort(oralcam_emulator.port) as tcp:
        for _ in range(2):  # one host after the other
            with Camera.open(tcp.url) as camera:
                assert camera.capture().jpeg[:2] == b"\xff\xd8"


def test_a_camera_over_tcp_comes_back_after_an_unplug(oralcam_emulator: Emulator) -> None:
    with TcpPort(oralcam_emulator.port) as tcp, Camera.open(tcp.url) as camera:
        before = camera.capture()
        oralcam_emulator.unplug()
        with pytest.raises(DeviceDisconnected):
            list(camera.presses())
        oralcam_emulator.plug_in()
        assert camera.wait_connected(20)
        after = camera.capture()
        assert after.capture_id != before.capture_id


def test_an_unplugged_camera_over_tcp_hangs_up_until_it_is_back(oralcam_emulator: Emulator) -> None:
    with TcpPort(oralcam_emulator.port) as tcp:
        oralcam_emulator.unplug()
        for _ in range(2):
            with pytest.raises(OralcamError):
                Camera.open(tcp.url)
        oralcam_emulator.plug_in()
        with Camera.open(tcp.url) as camera:
            assert camera.capture().size > 0


def test_a_second_session_begins_where_the_first_was_cut(oralcam_emulator: Emulator) -> None:
    with serial.Serial(oralcam_emulator.port) as first:
        first.write(encode_frame(Kind.REQ, 7, 999, Opcode.HEALTH)[:9])
    with Camera.open(oralcam_emulator) as second:
        assert second.capture().size > 0


def test_waiters_end_when_the_camera_is_closed_by_another_thread(oralcam_camera: Camera) -> None:
    ended: list[object] = []

    def wait(call: Callable[[], object]) -> None:
        try:
            ended.append(call())
        except OralcamError as error:
            ended.append(error)

    threads = [
        threading.Thread(target=wait, args=(lambda: list(oralcam_camera.presses()),)),
        threading.Thread(target=wait, args=(lambda: list(oralcam_camera.events()),)),
    ]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    oralcam_camera.close()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()
    assert time.monotonic() - began < 5  # a deadline, not a measurement
    assert ended == [[], []]
    with pytest.raises(CameraClosed):
        oralcam_camera.capture()
    oralcam_camera.close()


def test_pulling_the_plug_ends_every_wait(oralcam_camera: Camera, oralcam_emulator: Emulator) -> None:
    ended: list[OralcamError] = []

    def wait() -> None:
        with pytest.raises(DeviceDisconnected) as caught:
            list(oralcam_camera.presses())
        ended.append(caught.value)

    thread = threading.Thread(target=wait)
    thread.start()
    oralcam_emulator.close()
    thread.join(5)
    assert len(ended) == 1
    with pytest.raises(DeviceDisconnected):
        oralcam_camera.capture()


def test_nothing_is_left_when_an_emulated_camera_is_closed() -> None:
    threads, descriptors = set(threading.enumerate()), len(os.listdir("/proc/self/fd"))
    camera = Camera.open("emulator")
    assert camera.emulator is not None
    pid = camera.emulator.pid
    camera.capture()
    camera.close()
    assert set(threading.enumerate()) == threads
    assert len(os.listdir("/proc/self/fd")) == descriptors
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
