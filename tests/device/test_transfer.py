"""Whole transfers over a link that loses frames: every byte once, in order, soon."""

from lossy_link import DEADLINE_MS, DELAY_MS, Chance, Transfer, completed, content  # type: ignore[import-not-found]  # beside this file

from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Decoder, encode_frame
from oralcam_protocol.wire.transfer import QUIET_MS, WINDOW, Receiver, Sender


def test_without_loss_every_byte_is_sent_once_and_nothing_is_asked_for_again() -> None:
    transfer = completed(30000)
    assert transfer.receiver.resumes == 0
    assert transfer.data_frames == 30


def test_without_loss_the_window_keeps_the_link_busy() -> None:
    # half a window a round trip at the very least; stop-and-wait would take 30 round trips
    transfer = completed(30000, window=16000)
    assert transfer.now_ms <= 5 * 2 * DELAY_MS


def test_all_bytes_arrive_once_and_in_order_at_any_loss_up_to_a_fifth() -> None:
    for loss_percent in (1, 5, 10, 20):
        for seed in range(1, 6):
            transfer = completed(20000, loss_percent, seed)
            assert transfer.now_ms < DEADLINE_MS


def test_a_loss_is_asked_for_about_once_a_round_trip() -> None:
    losses = 0
    for loss_percent in (1, 5, 10, 20):
        for seed in range(1, 9):
            transfer = completed(20000, loss_percent, seed)
            lost = transfer.up.lost + transfer.down.lost
            assert transfer.receiver.resumes <= lost, (loss_percent, seed)
            assert transfer.receiver.resumes <= transfer.now_ms // (2 * DELAY_MS) + 1, (loss_percent, seed)
            losses += lost
    assert losses > 100


def test_a_lost_frame_costs_one_window_and_not_more() -> None:
    for victim in range(20):
        transfer = Transfer(20000)
        transfer.up.victim = victim
        transfer.run()
        transfer.check()
        assert transfer.up.lost == 1
        assert transfer.receiver.resumes == 1, victim
        assert transfer.data_frames <= 20 + 8, victim


def test_an_answer_whose_first_frame_was_lost_too_is_asked_for_at_once() -> None:
    receiver = Receiver(9000, 0)
    assert not receiver.data(1000, 1000, 1)
    assert receiver.take_resume() == (0, WINDOW)
    for offset in (2000, 3000, 4000):  # in flight when the gap was found
        assert not receiver.data(offset, 1000, 2)
        assert receiver.take_resume() is None
    assert not receiver.data(1000, 1000, 3)  # of the answer, whose first frame is lost
    assert receiver.take_resume() == (0, WINDOW)
    assert not receiver.data(2000, 1000, 3)
    assert receiver.take_resume() is None
    assert receiver.data(0, 1000, 4)


def test_a_lost_end_is_sent_again() -> None:
    receiver, sender = Receiver(1000, 0), Sender(1000, 0, 1000, 1000)
    assert sender.next_piece() == (0, 1000)
    assert receiver.data(0, 1000, 1)
    assert sender.end_due
    sender.end_sent()
    assert not sender.end_due
    receiver.poll(QUIET_MS)
    assert receiver.take_resume() is None
    receiver.poll(1 + QUIET_MS)
    assert receiver.take_resume() == (1000, 1000 + WINDOW)
    sender.resume(1000, 1000 + WINDOW)
    assert sender.next_piece() is None
    assert sender.end_due
    assert receiver.end(1000, 1 + QUIET_MS)


def test_the_end_is_due_at_once_where_there_is_nothing_to_send() -> None:
    for sender in (Sender(0, 0, WINDOW, 1000), Sender(1000, 1000, WINDOW, 1000)):
        assert sender.next_piece() is None
        assert sender.end_due
    assert not Sender(1000, 999, WINDOW, 1000).end_due


def test_a_transfer_resumes_where_it_was_left() -> None:
    for start in (1, 999, 1000, 19999, 20000):
        transfer = completed(20000, 5, 3, start=start)
        assert transfer.data_frames >= (20000 - start + 999) // 1000
    assert completed(20000, start=15000).data_frames == 5


def test_nothing_and_a_single_byte_are_transferred_too() -> None:
    for loss_percent in (0, 20):
        for seed in range(1, 6):
            assert completed(0, loss_percent, seed).data_frames == 0
            assert completed(1, loss_percent, seed).data_frames >= 1


def test_a_piece_may_be_as_large_as_the_window_or_larger() -> None:
    for piece, window in ((1000, 1000), (1000, 700), (4096, 4097), (1, 2)):
        completed(300 if piece == 1 else 10000, 5, 2, piece, window)


def test_doubled_frames_are_harmless() -> None:
    for loss_percent in (0, 10):
        for seed in range(1, 6):
            completed(20000, loss_percent, seed, double_percent=20)
    assert completed(20000, double_percent=20).receiver.resumes == 0


def test_a_transfer_survives_bytes_damaged_on_the_wire() -> None:
    chance = Chance(7)
    source = content(20000)
    sender, receiver = Sender(20000, 0, 4000, 500), Receiver(20000, 0, 0, 4000)
    decoder = Decoder(600)
    kept = bytearray()
    now_ms = 0
    while not receiver.ended:
        now_ms += 1
        assert now_ms < DEADLINE_MS, "the transfer hangs"
        piece = sender.next_piece()
        wire = b""
        if piece is not None:
            offset, length = piece
            wire = encode_frame(Kind.DATA, 1, 2, offset, source[offset : offset + length])
        elif sender.end_due:
            sender.end_sent()
            wire = encode_frame(Kind.END, 1, 2, 20000)
        damaged = bytearray(wire)
        if wire and chance.below(10) == 0:
            damaged[chance.below(len(wire))] ^= 1 << chance.below(8)
        if wire and chance.below(20) == 0:
            damaged = damaged[: chance.below(len(wire))]
        frames = decoder.feed(bytes(damaged)) if damaged or not decoder.unfinished else decoder.give_up()
        for frame in frames:
            if frame.kind == Kind.END:
                receiver.end(frame.arg, now_ms)
            elif receiver.data(frame.arg, len(frame.payload), now_ms):
                kept.extend(frame.payload)
        receiver.poll(now_ms)
        resume = receiver.take_resume()
        if resume is not None:
            sender.resume(resume[0], resume[1])
        limit = receiver.take_credit()
        if limit is not None:
            sender.credit(limit)
    assert bytes(kept) == source
    assert decoder.damaged > 3
