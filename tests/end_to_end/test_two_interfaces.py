"""A board with a serial port and a bulk interface: both listen, the session is where HELLO came last."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralcam.emulator import Emulator
from oralcam_protocol.wire.codec import CaptureReply, FetchRequest, Health, PhotosReply, PhotosRequest
from oralcam_protocol.wire.enums import Kind, Opcode
from tests.end_to_end.bare_host import DEADLINE_S, BulkInterface, Host

OpenCable = Callable[[], Host]
WINDOW = 1 << 20


@pytest.fixture
def emulator(replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay, bulk=True) as running:
        yield running


def host_by_bulk(emulator: Emulator) -> Host:
    assert emulator.bulk is not None
    return Host(BulkInterface(emulator.bulk), nonce=1000)


@pytest.fixture
def by_bulk(emulator: Emulator) -> Host:
    return host_by_bulk(emulator)


@pytest.fixture
def open_cable(emulator: Emulator) -> Iterator[OpenCable]:
    opened: list[Host] = []

    def open_it() -> Host:
        opened.append(Host(emulator.port, nonce=2000))
        return opened[-1]

    yield open_it
    for host in opened:
        host.port.close()


def fetched(host: Host, capture_id: int, size: int) -> bytes:
    return host.data(host.ask(Opcode.FETCH, FetchRequest(capture_id, 0, WINDOW).pack()), size)


def test_both_deliver_the_same_bytes(by_bulk: Host, open_cable: OpenCable, replay: Path) -> None:
    photo = CaptureReply.unpack(by_bulk.answer(Opcode.CAPTURE, b"\x01")).photo
    assert fetched(by_bulk, photo.capture_id, photo.size) == replay.read_bytes()
    assert fetched(open_cable(), photo.capture_id, photo.size) == replay.read_bytes()


def test_a_photo_taken_over_one_waits_for_the_other(emulator: Emulator, open_cable: OpenCable) -> None:
    photo = CaptureReply.unpack(open_cable().answer(Opcode.CAPTURE, b"\x01")).photo
    listed = PhotosReply.unpack(host_by_bulk(emulator).answer(Opcode.PHOTOS, PhotosRequest(0).pack())).photos
    assert [each.capture_id for each in listed] == [photo.capture_id]


def test_a_transfer_that_nobody_reads_ends_when_the_host_takes_the_other_interface(
    by_bulk: Host, open_cable: OpenCable, replay: Path
) -> None:
    photo = CaptureReply.unpack(by_bulk.answer(Opcode.CAPTURE, b"\x01")).photo
    id = by_bulk.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 0, WINDOW).pack())
    by_bulk.wait(Kind.DATA, id)  # under way; from here on nobody reads this interface
    assert fetched(open_cable(), photo.capture_id, photo.size) == replay.read_bytes()


def test_frames_on_the_interface_that_was_left_are_counted_and_do_nothing(
    emulator: Emulator, by_bulk: Host, open_cable: OpenCable
) -> None:
    host = open_cable()
    by_bulk.session = host.session  # even with the number of the session that is
    by_bulk.ask(Opcode.CAPTURE, b"\x01")
    deadline = time.monotonic() + DEADLINE_S
    while not Health.unpack(host.answer(Opcode.HEALTH)).frames_stale:
        assert time.monotonic() < deadline
    assert emulator.bench.exposures == 0


def test_events_follow_the_session(emulator: Emulator, open_cable: OpenCable) -> None:
    left, host = open_cable(), host_by_bulk(emulator)
    emulator.bench.press()
    host.wait(Kind.EVENT)
    assert left.port.read() == b""


def test_the_other_end_is_there_while_there_is_power(emulator: Emulator) -> None:
    first = emulator.bulk
    assert first is not None
    emulator.unplug()
    assert emulator.bulk is None
    assert first.fileno() == -1
    emulator.plug_in()
    host_by_bulk(emulator)
