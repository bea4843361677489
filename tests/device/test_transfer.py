"""Sender and Receiver over a link that loses, doubles and delays, in virtual time, on both interpreters."""

import struct

from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Decoder, encode_frame
from oralcam_protocol.wire.transfer import QUIET_MS, WINDOW, Receiver, Sender

DELAY_MS = 10  # one way
FRAMES_PER_MS = 4
DEADLINE_MS = 120000


class Chance:
    """A generator of its own, so that both interpreters see the same losses."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        self._state = (self._state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self._state >> 8) % limit


class Way:
    """One direction of the link. Frames keep their order; some are lost, some come twice."""

    def __init__(self, chance: Chance, loss_percent: int, double_percent: int = 0) -> None:
        self.lost = 0
        self.victim = -1  # number of the frame that is lost whatever chance says
        self._count = 0
        self._chance = chance
        self._loss = loss_percent
        self._double = double_percent
        self._flying: list[tuple[int, int, int, bytes]] = []

    def put(self, now_ms: int, kind: int, arg: int, payload: bytes = b"") -> None:
        copies = 2 if self._chance.below(100) < self._double else 1
        for _ in range(copies):
            if self._chance.below(100) < self._loss or self._count == self.victim:
                self.lost += 1
            else:
                self._flying.append((now_ms + DELAY_MS, kind, arg, payload))
            self._count += 1

    def take(self, now_ms: int) -> "list[tuple[int, int, bytes]]":
        ready = [frame[1:] for frame in self._flying if frame[0] <= now_ms]
        self._flying = [frame for frame in self._flying if frame[0] > now_ms]
        return ready


def content(size: int) -> bytes:
    # a period that no piece is a multiple of: bytes of another place would show
    return (bytes(range(251)) * (size // 251 + 1))[:size]


class Transfer:
    """A whole transfer: two ends, two ways, one clock."""

    def __init__(
        self,
        size: int,
        loss_percent: int = 0,
        seed: int = 1,
        piece: int = 1000,
        window: int = 8000,
        start: int = 0,
        double_percent: int = 0,
    ) -> None:
        chance = Chance(seed)
        self.source = content(size)
        self.up = Way(chance, loss_percent, double_percent)  # DATA and END
        self.down = Way(chance, loss_percent, double_percent)  # CREDIT and RESUME
        self.receiver = Receiver(size, 0, start, window)
        self.sender = Sender(size, start, start + window, piece)
        self.kept = bytearray(self.source[:start])
        self.now_ms = 0
        self.data_frames = 0

    def run(self) -> None:
        while not self.receiver.ended:
            assert self.now_ms < DEADLINE_MS, "the transfer hangs"
            self.send()
            self.receive()
            for kind, arg, payload in self.down.take(self.now_ms):
                if kind == Kind.RESUME:
                    self.sender.resume(arg, struct.unpack("<I", payload)[0])
                else:
                    self.sender.credit(arg)
            self.now_ms += 1

    def send(self) -> None:
        for _ in range(FRAMES_PER_MS):
            piece = self.sender.next_piece()
            if piece is None:
                break
            offset, length = piece
            receiver = self.receiver
            assert offset + length <= receiver.limit, "sent more than was granted"
            assert receiver.limit - receiver.offset <= receiver.window, "granted more than the window"
            self.data_frames += 1
            self.up.put(self.now_ms, Kind.DATA, offset, self.source[offset : offset + length])
        if self.sender.end_due:
            self.sender.end_sent()
            self.up.put(self.now_ms, Kind.END, len(self.source))

    def receive(self) -> None:
        receiver = self.receiver
        for kind, arg, payload in self.up.take(self.now_ms):
            if kind == Kind.END:
                receiver.end(arg, self.now_ms)
            elif receiver.data(arg, len(payload), self.now_ms):
                assert arg == len(self.kept), "a piece was taken out of its order"
                self.kept.extend(payload)
        receiver.poll(self.now_ms)
        resume = receiver.take_resume()
        if resume is not None:
            self.down.put(self.now_ms, Kind.RESUME, resume[0], struct.pack("<I", resume[1]))
        limit = receiver.take_credit()
        if limit is not None:
            self.down.put(self.now_ms, Kind.CREDIT, limit)

    def check(self) -> None:
        assert self.receiver.ended
        assert self.receiver.offset == len(self.source)
        assert bytes(self.kept) == self.source


def completed(
    size: int,
    loss_percent: int = 0,
    seed: int = 1,
    piece: int = 1000,
    window: int = 8000,
    start: int = 0,
    double_percent: int = 0,
) -> Transfer:
    transfer = Transfer(size, loss_percent, seed, piece, window, start, double_percent)
    transfer.run()
    transfer.check()
    return transfer


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


def test_end_before_the_last_bytes_asks_for_them() -> None:
    receiver = Receiver(2000, 0)
    assert receiver.data(0, 1000, 1)
    assert not receiver.end(2000, 2)
    assert not receiver.ended
    assert receiver.take_resume() == (1000, 1000 + WINDOW)


def test_an_end_of_another_size_is_refused() -> None:
    for size in (0, 999, 1001, 1 << 29):
        receiver = Receiver(1000, 0)
        assert receiver.data(0, 1000, 1)
        assert not receiver.end(size, 2)
        assert not receiver.ended


def test_silence_is_answered_once_a_quiet_time() -> None:
    receiver = Receiver(1000, 0)
    for now_ms in range(10 * QUIET_MS + 1):
        receiver.poll(now_ms)
        receiver.take_resume()
    assert receiver.resumes == 10


def test_a_finished_receiver_asks_for_nothing() -> None:
    transfer = completed(5000)
    receiver = transfer.receiver
    receiver.poll(transfer.now_ms + 10 * QUIET_MS)
    assert receiver.take_resume() is None
    assert receiver.take_credit() is None


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


def test_data_that_lies_about_its_place_is_refused() -> None:
    for offset, length in (
        (0, 10001),  # beyond the end
        (0, 4001),  # beyond what was granted
        (1, 100),  # behind a gap
        (10000, 1),
        (1 << 29, 1),
        (0, 0),
    ):
        receiver = Receiver(10000, 0, 0, 4000)
        assert not receiver.data(offset, length, 1), (offset, length)
        assert receiver.offset == 0
        assert receiver.limit == 4000
    receiver = Receiver(1000, 0)
    assert not receiver.data(0, 1001, 1)
    assert receiver.data(0, 1000, 1)
    assert not receiver.data(1000, 1, 1)
    assert receiver.offset == 1000


def test_data_that_was_taken_before_is_not_taken_again_and_not_asked_for() -> None:
    receiver = Receiver(4000, 0)
    assert receiver.data(0, 1000, 1)
    assert receiver.data(1000, 1000, 1)
    assert not receiver.data(0, 1000, 2)
    assert not receiver.data(1000, 1000, 2)
    assert receiver.take_resume() is None
    assert receiver.data(2000, 1000, 3)


def test_late_frames_after_the_end_change_nothing() -> None:
    receiver = Receiver(2000, 0)
    receiver.data(0, 1000, 1)
    receiver.data(1000, 1000, 1)
    assert receiver.end(2000, 2)
    assert not receiver.data(0, 1000, 3)
    assert not receiver.data(1000, 1000, 3)
    assert not receiver.data(5000, 1000, 3)
    assert receiver.end(2000, 3)
    receiver.end(5000, 3)
    receiver.poll(3 + 10 * QUIET_MS)
    assert receiver.ended
    assert receiver.take_resume() is None


def test_late_credit_and_resume_do_not_hurt_a_sender() -> None:
    sender = Sender(10000, 0, 4000, 1000)
    while sender.next_piece() is not None:
        pass
    assert sender.offset == 4000
    sender.credit(3000)
    assert sender.next_piece() is None
    sender.credit(5000)
    sender.credit(4500)
    assert sender.next_piece() == (4000, 1000)
    sender.resume(10001, 20000)
    sender.resume(-1, 20000)
    assert sender.offset == 5000
    assert sender.next_piece() is None
    sender.resume(2000, 6000)
    assert [sender.next_piece() for _ in range(5)] == [
        (2000, 1000),
        (3000, 1000),
        (4000, 1000),
        (5000, 1000),
        None,
    ]


def test_credit_is_extended_at_half_the_window_and_not_past_the_end() -> None:
    receiver = Receiver(10000, 0, 0, 4000)
    assert receiver.data(0, 1999, 1)
    assert receiver.take_credit() is None
    assert receiver.data(1999, 1, 1)
    assert receiver.take_credit() == 6000
    assert receiver.take_credit() is None
    grants = 0
    while receiver.offset < 10000:
        assert receiver.data(receiver.offset, 500, 2)
        grants += receiver.take_credit() is not None
    assert grants == 2  # up to 8000, then up to 10000: the rest needs no more


def test_credit_that_stays_out_ends_the_sending_until_it_comes() -> None:
    sender = Sender(3000, 0, 1500, 1000)
    assert [sender.next_piece() for _ in range(3)] == [(0, 1000), (1000, 500), None]
    assert not sender.end_due
    sender.credit(99999)
    assert [sender.next_piece() for _ in range(3)] == [(1500, 1000), (2500, 500), None]
    assert sender.end_due


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
