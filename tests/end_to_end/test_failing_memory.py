"""Flash that cannot be written: what becomes no photo is refused visibly, and no number is used twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.emulator import Emulator
from oralcam_protocol.wire.codec import AcknowledgeReply, AcknowledgeRequest, CaptureReply, Event, Health
from oralcam_protocol.wire.enums import ErrorCode, EventType, Kind, Opcode
from tests.end_to_end.bare_host import Host

FULL = Path("/dev/full")

pytestmark = [
    pytest.mark.skipif(not FULL.exists(), reason="needs a file that cannot be written"),
    pytest.mark.unix_board("its records are files of this computer's"),
]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def emulator(replay: Path, state: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay, store="flash", state=state) as running:
        yield running


def health(host: Host) -> Health:
    return Health.unpack(host.answer(Opcode.HEALTH))


def captured(host: Host) -> int:
    return CaptureReply.unpack(host.answer(Opcode.CAPTURE, b"\1")).photo.capture_id


def refused(host: Host) -> Event:
    while True:
        event = Event.unpack(host.wait(Kind.EVENT)[1])
        if event.type == EventType.REFUSED:
            return event


def full(state: Path, record: str) -> list[Path]:
    """From here on the record cannot be written, until these are removed."""
    slots = [state / "records" / f"{record}{slot}" for slot in (".a", ".b")]
    for slot in slots:
        slot.unlink(missing_ok=True)
        slot.symlink_to(FULL)
    return slots


@pytest.mark.parametrize("record", ["capture", "ledger"])
def test_what_cannot_be_written_down_is_refused_and_its_number_not_used_twice(
    emulator: Emulator, state: Path, record: str
) -> None:
    host = Host(emulator.port)
    slots = full(state, record)
    for _ in range(2):
        assert host.error(Opcode.CAPTURE, b"\1").code == ErrorCode.INTERNAL
        emulator.bench.press()
        assert refused(host).code == ErrorCode.INTERNAL
    assert emulator.bench.wait_until(lambda bench: bench.shown == ["refused", "refused"])
    assert emulator.bench.accepted == {}
    assert health(host).task_restarts == 0
    for slot in slots:
        slot.unlink()
    numbers = [captured(host), captured(host)]
    host.port.close()
    emulator.reset()
    host = Host(emulator.port)
    assert host.hello().captures_lost == 0
    numbers += [captured(host), captured(host)]
    assert len(set(numbers)) == 4
    assert emulator.bench.wait_until(lambda bench: list(bench.accepted) == numbers)


def test_a_press_whose_number_cannot_be_stored_is_refused_without_one(
    emulator: Emulator, state: Path
) -> None:
    host = Host(emulator.port)
    slots = full(state, "press")
    emulator.bench.press()
    told = refused(host)
    assert (told.code, told.press_number) == (ErrorCode.INTERNAL, 0)
    assert health(host).task_restarts == 0
    for slot in slots:
        slot.unlink()
    emulator.bench.press()
    assert emulator.bench.wait_until(lambda bench: len(bench.accepted) == 1)


def test_a_photo_that_cannot_be_stored_leaves_its_room(emulator: Emulator, state: Path) -> None:
    host = Host(emulator.port)
    room = health(host).store_free
    photo = state / "photos" / "1.jpg"
    photo.symlink_to(FULL)
    emulator.bench.press()
    assert refused(host).code == ErrorCode.INTERNAL
    assert health(host).store_free == room
    assert not photo.is_symlink()
    assert emulator.bench.wait_until(lambda bench: bench.shown == ["refused", "fault"])
    assert captured(host) == 2
    host.port.close()
    emulator.reset()
    host = Host(emulator.port)
    hello = host.hello()
    assert (hello.captures_lost, hello.photos_waiting) == (0, 1)


def test_what_the_ledger_cannot_strike_out_is_not_freed(replay: Path, state: Path) -> None:
    with Emulator(replay=replay, store="psram", state=state) as emulator:
        host = Host(emulator.port)
        request = AcknowledgeRequest(captured(host), hashlib.sha256(replay.read_bytes()).digest()).pack()
        slots = full(state, "ledger")
        for _ in range(2):
            assert host.error(Opcode.ACKNOWLEDGE, request).code == ErrorCode.INTERNAL
            assert health(host).photos_waiting == 1
        for slot in slots:
            slot.unlink()
        assert AcknowledgeReply.unpack(host.answer(Opcode.ACKNOWLEDGE, request)) == AcknowledgeReply(1, 0)
        host.port.close()
        emulator.reset()
        assert Host(emulator.port).hello().captures_lost == 0
