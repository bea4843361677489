"""What a power cut may do to records and captures, at every byte and between any two writes."""

import binascii
import struct

from camera_app.core.ledger import REMEMBERED, Ledger
from camera_app.core.stable_record import StableRecord


class Slots:
    """Two slots as a board keeps them; `save` may be cut after so many bytes."""

    def __init__(self) -> None:
        self.content = [b"", b""]

    def record(self) -> StableRecord:
        return StableRecord(self.content[0], self.content[1])

    def save(self, data: bytes, cut: int = -1) -> None:
        slot, content = self.record().renew(data)
        self.content[slot] = content if cut < 0 else content[:cut]


def test_what_was_saved_last_is_read() -> None:
    slots = Slots()
    assert slots.record().data == b""
    for number in range(10):
        slots.save(b"%d" % number)
        assert slots.record().data == b"%d" % number


def test_a_cut_at_any_byte_leaves_the_old_data_or_the_new() -> None:
    for cut in range(20):
        slots = Slots()
        slots.save(b"first")
        slots.save(b"second")
        slots.save(b"third", cut=cut)
        assert slots.record().data in (b"second", b"third"), cut
        slots.save(b"fourth")
        assert slots.record().data == b"fourth", cut


def test_cut_again_and_again_the_last_whole_one_counts() -> None:
    slots = Slots()
    slots.save(b"whole")
    for cut in (0, 3, 7, 9, 14):
        slots.save(b"never", cut=cut)
        assert slots.record().data == b"whole"


def test_a_slot_of_garbage_does_not_count() -> None:
    slots = Slots()
    slots.save(b"good")
    for garbage in (b"", b"\xff" * 8, b"\xff" * 100, bytes(8), bytes(100)):
        assert StableRecord(slots.content[0], garbage).data == b"good"
        assert StableRecord(garbage, slots.content[0]).data == b"good"
        assert StableRecord(garbage, garbage).data == b""


def test_every_bit_that_is_flipped_is_noticed() -> None:
    slots = Slots()
    slots.save(b"good")
    for place in range(len(slots.content[0])):
        flipped = bytearray(slots.content[0])
        flipped[place] ^= 16
        assert StableRecord(bytes(flipped), b"").data == b"", place


def after_a_reset(ledger: Ledger, held: "list[int]") -> Ledger:
    return Ledger(ledger.pack(), held)


def test_a_capture_that_was_begun_and_is_not_held_was_lost() -> None:
    ledger = Ledger(b"", [])
    ledger.begin(5, 2)
    ledger.begin(6, 0)
    ledger.begin(7, 3)
    assert ledger.settle(6)
    assert not ledger.settle(6)
    assert ledger.lost == {}
    assert after_a_reset(ledger, []).lost == {5: 2, 7: 3}
    assert after_a_reset(ledger, [7]).lost == {5: 2}
    assert after_a_reset(ledger, [5, 7]).lost == {}


def test_a_loss_stays_until_a_host_knows() -> None:
    ledger = Ledger(b"", [])
    ledger.begin(5, 2)
    ledger = after_a_reset(ledger, [])
    ledger = after_a_reset(ledger, [])
    assert ledger.lost == {5: 2}
    ledger.begin(6, 3)
    assert ledger.known(5)
    assert not ledger.known(5)
    assert not ledger.known(6)  # not lost
    assert after_a_reset(ledger, []).lost == {6: 3}


def test_losses_are_listed_in_pages_by_number() -> None:
    ledger = Ledger(b"", [])
    for number in (9, 4, 7):
        ledger.begin(number, number * 10)
    ledger = after_a_reset(ledger, [])
    assert ledger.after(0, 2) == [(4, 40), (7, 70)]
    assert ledger.after(7, 2) == [(9, 90)]
    assert ledger.after(9, 2) == []


def test_more_losses_than_there_is_room_for_are_counted() -> None:
    ledger = Ledger(b"", [])
    for number in range(1, REMEMBERED + 4):
        ledger.begin(number, 0)
    ledger = after_a_reset(ledger, [])
    assert (len(ledger.lost), min(ledger.lost), ledger.forgotten) == (REMEMBERED, 4, 3)
    assert after_a_reset(ledger, []).forgotten == 3


def test_a_ledger_of_garbage_is_an_empty_one_and_does_no_harm() -> None:
    for garbage in (b"", b"\x01", b"\x00\x00\x00\x00\x05"):
        assert Ledger(garbage, []).lost == {}


def test_a_record_of_somebody_else_is_none():
    body = b"R2" + struct.pack("<I", 1) + b"data"
    assert StableRecord(body + struct.pack("<I", binascii.crc32(body)), b"").data == b""
    body = b"R1" + body[2:]
    assert StableRecord(body + struct.pack("<I", binascii.crc32(body)), b"").data == b"data"
