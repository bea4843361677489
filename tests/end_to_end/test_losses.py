"""What a reset took away, asked for frame by frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from camera_app.core.ledger import REMEMBERED, Ledger
from camera_app.core.stable_record import StableRecord
from camera_app.services.capture import ORDERS
from camera_app.services.losses import PAGE
from oralcam.emulator import Emulator
from oralcam_protocol.wire.codec import (
    CaptureReply,
    ErrorReply,
    Event,
    EventsReply,
    EventsRequest,
    Health,
    LossesReply,
    LossesRequest,
    LossKnownRequest,
)
from oralcam_protocol.wire.enums import ErrorCode, EventType, Kind, Opcode
from tests.end_to_end.bare_host import DEADLINE_S, Host


def losses(host: Host, after: int = 0) -> LossesReply:
    return LossesReply.unpack(host.answer(Opcode.LOSSES, LossesRequest(after).pack()))


def health(host: Host) -> Health:
    return Health.unpack(host.answer(Opcode.HEALTH))


def know(host: Host, capture_id: int) -> bytes:
    return host.answer(Opcode.LOSS_KNOWN, LossKnownRequest(capture_id).pack())


def state_with_orders(folder: Path, count: int) -> Path:
    """The state of a camera that was cut off with so many orders on their way; every third by the host."""
    ledger = Ledger(b"", [])
    for number in range(1, count + 1):
        ledger.begin(number, number if number % 3 else 0)
    (folder / "records").mkdir(parents=True)
    _, slot = StableRecord(b"", b"").renew(ledger.pack())
    (folder / "records" / "ledger.a").write_bytes(slot)
    _, slot = StableRecord(b"", b"").renew((128).to_bytes(4, "little"))
    (folder / "records" / "capture.a").write_bytes(slot)
    return folder


@pytest.mark.unix_board("its records are made as files of this computer's")
@pytest.mark.parametrize("count", [1, PAGE, PAGE + 1, REMEMBERED, REMEMBERED + 6])
def test_losses_come_in_pages_and_the_oldest_beyond_are_counted(
    tmp_path: Path, replay: Path, count: int
) -> None:
    kept, forgotten = min(count, REMEMBERED), max(0, count - REMEMBERED)
    state = state_with_orders(tmp_path / "state", count)
    with Emulator(replay=replay, state=state) as emulator:
        host = Host(emulator.port)
        assert host.hello().captures_lost == kept
        assert health(host).captures_lost == kept
        assert emulator.bench.wait_until(lambda bench: bench.shown == ["lost"])
        pages = [losses(host)]
        while pages[-1].losses:
            assert len(pages[-1].losses) <= PAGE
            pages.append(losses(host, pages[-1].losses[-1].capture_id))
        listed = [(loss.capture_id, loss.press_number) for page in pages for loss in page.losses]
        assert listed == [(n, n if n % 3 else 0) for n in range(forgotten + 1, count + 1)]
        assert {page.forgotten for page in pages} == {forgotten}
        assert len(pages) == -(-kept // PAGE) + 1
        host.port.close()
        emulator.reset()  # what was forgotten stays counted
        assert losses(Host(emulator.port)).forgotten == forgotten


@pytest.mark.unix_board("its records are made as files of this computer's")
def test_each_loss_is_one_event_of_every_boot(tmp_path: Path, replay: Path) -> None:
    with Emulator(replay=replay, state=state_with_orders(tmp_path / "state", 4)) as emulator:
        for _ in range(2):
            host = Host(emulator.port)
            newest = EventsReply.unpack(host.answer(Opcode.EVENTS, EventsRequest(0).pack())).newest
            events = [Event.unpack(host.wait(Kind.EVENT)[1]) for _ in range(newest)]
            lost = [event for event in events if event.type == EventType.CAPTURE_LOST]
            told = [(event.capture_id, event.press_number) for event in lost]
            assert told == [(1, 1), (2, 2), (3, 0), (4, 4)]
            host.port.close()
            emulator.reset()


@pytest.mark.unix_board("its records are made as files of this computer's")
def test_a_host_that_knows_ends_a_loss_for_good(tmp_path: Path, replay: Path) -> None:
    with Emulator(replay=replay, state=state_with_orders(tmp_path / "state", 3)) as emulator:
        host = Host(emulator.port)
        for _ in range(2):  # a repetition is harmless
            assert know(host, 2) == b""
        assert know(host, 77) == b""  # one that never was is, too
        assert [loss.capture_id for loss in losses(host).losses] == [1, 3]
        assert host.hello().captures_lost == 2
        host.port.close()
        emulator.reset("hard")
        host = Host(emulator.port)
        assert [loss.capture_id for loss in losses(host).losses] == [1, 3]
        assert health(host).captures_lost == 2
        assert host.error(Opcode.LOSSES, b"\1").code == ErrorCode.MALFORMED
        assert host.error(Opcode.LOSS_KNOWN, b"").code == ErrorCode.MALFORMED


def test_a_photo_ordered_by_the_host_is_reported_without_a_press(replay: Path) -> None:
    with Emulator(replay=replay, store="psram") as emulator:
        host = Host(emulator.port)
        photo = CaptureReply.unpack(host.answer(Opcode.CAPTURE, b"\1")).photo
        host.port.close()
        emulator.reset()
        lost = losses(Host(emulator.port)).losses
        assert [(loss.capture_id, loss.press_number) for loss in lost] == [(photo.capture_id, 0)]


def test_what_was_refused_is_not_lost(replay: Path) -> None:
    with Emulator(replay=replay, store="psram") as emulator:
        host = Host(emulator.port)
        emulator.bench.break_sensor()
        assert host.error(Opcode.CAPTURE, b"\1").code == ErrorCode.SENSOR_FAILED
        emulator.bench.press()
        assert emulator.bench.wait_until(lambda bench: "fault" in bench.shown, DEADLINE_S)
        host.port.close()
        emulator.reset()
        assert losses(Host(emulator.port)).losses == []


def test_an_order_that_found_the_line_full_is_not_lost(replay: Path) -> None:
    with Emulator(replay=replay, store="psram") as emulator:
        host = Host(emulator.port)
        ids = [host.ask(Opcode.CAPTURE, b"\1") for _ in range(ORDERS + 1)]
        refusal = ErrorReply.unpack(host.wait(Kind.ERR, ids[-1])[1])
        assert refusal.code == ErrorCode.BUSY
        photos = [CaptureReply.unpack(host.wait(Kind.RSP, id)[1]).photo for id in ids[:-1]]
        host.port.close()
        emulator.reset()
        lost = [loss.capture_id for loss in losses(Host(emulator.port)).losses]
        assert lost == [photo.capture_id for photo in photos]
