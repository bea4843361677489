"""The firmware's side of the protocol, spoken to frame by frame."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.emulator import Emulator
from oralcam_protocol.wire.codec import (
    AcknowledgeReply,
    AcknowledgeRequest,
    CancelRequest,
    CaptureReply,
    End,
    Event,
    EventsReply,
    EventsRequest,
    FetchRequest,
    Health,
    HelloReply,
    HelloRequest,
    LightRequest,
    Photo,
    Settings,
    SettingsRequest,
)
from oralcam_protocol.wire.enums import ErrorCode, EventType, Kind, Opcode
from oralcam_protocol.wire.frame import encode_frame
from tests.end_to_end.bare_host import DEADLINE_S, Host


@pytest.fixture
def emulator(replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay) as running:
        yield running


@pytest.fixture
def host(emulator: Emulator) -> Iterator[Host]:
    host = Host(emulator.port)
    yield host
    host.port.close()


def captured(host: Host) -> Photo:
    return CaptureReply.unpack(host.answer(Opcode.CAPTURE, b"\x01")).photo


def test_a_repeated_request_is_carried_out_once(host: Host, emulator: Emulator) -> None:
    for _ in range(3):
        host.send(Kind.REQ, 1, Opcode.CAPTURE, b"\x01")
    first = host.wait(Kind.RSP, 1)
    host.send(Kind.REQ, 1, Opcode.CAPTURE, b"\x01")
    again = host.wait(Kind.RSP, 1)
    assert first[1] == again[1]
    assert host.wait(Kind.PENDING, 1)
    assert emulator.bench.exposures == 1


def test_what_the_camera_does_not_know_is_an_error_and_nothing_breaks(host: Host) -> None:
    assert host.error(9999).code == ErrorCode.UNSUPPORTED
    assert host.error(Opcode.CAPTURE).code == ErrorCode.MALFORMED
    assert host.error(Opcode.CAPTURE, b"\x09").code == ErrorCode.OUT_OF_RANGE
    assert host.error(Opcode.FETCH, FetchRequest(5, 0, 100).pack()).code == ErrorCode.NO_SUCH_PHOTO
    assert host.error(Opcode.LIGHT_SET, LightRequest(1, [1, 2]).pack()).code == ErrorCode.OUT_OF_RANGE
    assert host.error(Opcode.LIGHT_SET, LightRequest(1, [0, 0, 1001]).pack()).code == ErrorCode.OUT_OF_RANGE
    too_much = SettingsRequest(1, Settings(100_001, 0, 0, 0))
    assert host.error(Opcode.SETTINGS_APPLY, too_much.pack()).code == ErrorCode.OUT_OF_RANGE
    assert Health.unpack(host.answer(Opcode.HEALTH)).task_restarts == 0


def test_trailing_bytes_of_a_later_version_are_ignored(host: Host) -> None:
    assert captured(host).size == 300_000
    assert CaptureReply.unpack(host.answer(Opcode.CAPTURE, b"\x01later")).photo.size == 300_000


def test_garbage_and_other_sessions_are_counted_and_passed_over(host: Host) -> None:
    before = Health.unpack(host.answer(Opcode.HEALTH))
    host.port.write(b"AT+GMI\r\n" * 50)
    damaged = bytearray(encode_frame(Kind.REQ, host.session, 500, Opcode.HEALTH))
    damaged[-1] ^= 1
    host.port.write(bytes(damaged))
    host.port.write(encode_frame(Kind.REQ, host.session ^ 1, 501, Opcode.CAPTURE, b"\x01"))
    after = Health.unpack(host.answer(Opcode.HEALTH))
    assert after.frames_damaged == before.frames_damaged + 1
    assert after.frames_stale == before.frames_stale + 1
    assert after.bytes_outside >= before.bytes_outside + 400
    assert after.photos_accepted == 0


def test_half_a_frame_is_given_up_in_time(host: Host) -> None:
    whole = encode_frame(Kind.REQ, host.session, 900, Opcode.HEALTH, bytes(3000))
    host.port.write(whole[:1500])
    deadline = time.monotonic() + DEADLINE_S
    host._id = 900
    while True:  # what is asked right behind it belongs to its body; asked later it is heard
        id = host.ask(Opcode.HEARTBEAT)
        frames = host._decoder.feed(host.port.read())
        if any(frame.kind == Kind.RSP for frame in frames):
            break
        assert time.monotonic() < deadline
    assert id > 900


def test_a_transfer_obeys_credit(host: Host, replay: Path) -> None:
    photo = captured(host)
    id = host.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 0, 10_000).pack())
    whole = host.data(id, 10_000)
    assert host.quiet()
    host.send(Kind.CREDIT, id, 5_000)  # an older limit changes nothing
    assert host.quiet()
    host.send(Kind.CREDIT, id, 300_000)
    whole += host.data(id, 300_000, 10_000)
    frame, payload = host.wait(Kind.END, id)
    assert whole == replay.read_bytes()
    assert frame.arg == 300_000
    assert End.unpack(payload).sha256 == hashlib.sha256(whole).digest()


def test_replies_stand_between_the_frames_of_a_photo_never_within(host: Host, replay: Path) -> None:
    photo = captured(host)
    id = host.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 0, 300_000).pack())
    pulses = [host.ask(Opcode.HEARTBEAT) for _ in range(8)]
    for _ in range(20):  # the port's buffer is full all the time: frames leave in parts
        pulses += [host.ask(Opcode.HEARTBEAT) for _ in range(4)]
        for pulse in pulses[:4]:
            host.wait(Kind.RSP, pulse)
        del pulses[:4]
    assert host.data(id, 300_000) == replay.read_bytes()
    assert (host._decoder.damaged, host._decoder.outside) == (0, 0)


def test_a_transfer_resumes_where_it_is_told(host: Host, replay: Path) -> None:
    photo = captured(host)
    id = host.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 0, 100_000).pack())
    whole = host.data(id, 100_000)
    for offset in (40_000, 99_999, 0):
        host.send(Kind.RESUME, id, offset, (300_000).to_bytes(4, "little"))
        rest = host.data(id, 300_000, offset)
        end = End.unpack(host.wait(Kind.END, id)[1])
        assert whole[:offset] + rest == replay.read_bytes()
        assert end.sha256 == hashlib.sha256(replay.read_bytes()).digest()


def test_a_transfer_begun_in_the_middle_has_the_digest_of_the_whole(host: Host, replay: Path) -> None:
    photo = captured(host)
    id = host.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 250_000, 300_000).pack())
    assert host.data(id, 300_000, 250_000) == replay.read_bytes()[250_000:]
    assert End.unpack(host.wait(Kind.END, id)[1]).sha256 == hashlib.sha256(replay.read_bytes()).digest()


def test_a_cancelled_transfer_stops(host: Host) -> None:
    photo = captured(host)
    id = host.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 0, 10_000).pack())
    host.data(id, 10_000)
    host.answer(Opcode.CANCEL, CancelRequest(id).pack())
    host.send(Kind.CREDIT, id, 300_000)
    assert host.quiet()


def test_a_photo_is_freed_by_its_own_digest_only_and_once(host: Host, replay: Path) -> None:
    photo = captured(host)
    wrong = AcknowledgeRequest(photo.capture_id, bytes(32))
    assert host.error(Opcode.ACKNOWLEDGE, wrong.pack()).code == ErrorCode.DIGEST_MISMATCH
    assert Health.unpack(host.answer(Opcode.HEALTH)).photos_waiting == 1
    right = AcknowledgeRequest(photo.capture_id, hashlib.sha256(replay.read_bytes()).digest())
    assert AcknowledgeReply.unpack(host.answer(Opcode.ACKNOWLEDGE, right.pack())) == AcknowledgeReply(1, 0)
    assert AcknowledgeReply.unpack(host.answer(Opcode.ACKNOWLEDGE, right.pack())) == AcknowledgeReply(0, 0)


def test_missed_events_are_sent_again(host: Host, emulator: Emulator) -> None:
    emulator.bench.press()
    seen = [Event.unpack(host.wait(Kind.EVENT)[1]) for _ in range(3)]
    assert {event.type for event in seen} == {EventType.PRESS, EventType.RELEASE, EventType.PHOTO}
    after = seen[0].number - 1
    reply = EventsReply.unpack(host.answer(Opcode.EVENTS, EventsRequest(after).pack()))
    assert reply.newest == seen[-1].number
    assert [Event.unpack(host.wait(Kind.EVENT)[1]) for _ in range(3)] == seen


def test_a_host_that_does_not_read_freezes_nothing(host: Host, emulator: Emulator) -> None:
    photo = captured(host)
    host.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 0, 300_000).pack())
    emulator.bench.press()  # while nobody reads: the port's buffer is full by now
    assert emulator.bench.wait_until(lambda bench: bench.shown.count("taken") == 2)
    host.port.drop()
    host.hello()
    health = Health.unpack(host.answer(Opcode.HEALTH))
    assert health.photos_waiting == 2
    assert health.task_restarts == 0


def test_a_small_host_gets_small_frames(host: Host, replay: Path) -> None:
    host.hello(max_payload=512)
    host._id = 0
    photo = captured(host)
    id = host.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 0, 5_000).pack())
    sizes = {len(host.wait(Kind.DATA, id)[1]) for _ in range(9)}
    assert sizes == {512}


def test_a_new_session_makes_the_old_one_stale(host: Host) -> None:
    old = host.session
    host.hello()
    assert host.session != old
    host.port.write(encode_frame(Kind.REQ, old, 1, Opcode.CAPTURE, b"\x01"))
    assert Health.unpack(host.answer(Opcode.HEALTH)).photos_accepted == 0


def test_a_hello_that_is_repeated_or_late_changes_nothing(host: Host) -> None:
    captured(host)
    hello = encode_frame(Kind.HELLO, payload=HelloRequest(host._nonce, 1, 1, 65536, 16384).pack())
    for _ in range(3):
        host.port.write(hello)
        assert HelloReply.unpack(host.wait(Kind.HELLO)[1]).session == host.session
    assert Health.unpack(host.answer(Opcode.HEALTH)).photos_accepted == 1
