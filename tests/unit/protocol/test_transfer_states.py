"""Sender and Receiver on a link that does whatever it likes to their frames."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from oralcam_protocol.wire.transfer import QUIET_MS, Receiver, Sender

END = "end"
CREDIT = "credit"


class TransferMachine(RuleBasedStateMachine):
    """Frames are lost, doubled, overtaken and held back in any order; then the link heals."""

    up: list[tuple[int, int] | str]  # DATA as offset and length, or END
    down: list[tuple[str | int, int]]  # CREDIT and limit, or RESUME as offset and limit

    @initialize(
        size=st.integers(0, 5000),
        window=st.integers(1, 3000),
        piece=st.integers(1, 1000),
        data=st.data(),
    )
    def start(self, size: int, window: int, piece: int, data: st.DataObject) -> None:
        offset = data.draw(st.integers(0, size))
        self.now_ms = 0
        self.size = size
        self.window = window
        self.receiver = Receiver(size, 0, offset, window)
        self.sender = Sender(size, offset, self.receiver.limit, piece)
        self.next_byte = offset
        self.up, self.down = [], []

    @rule(frames=st.integers(1, 8))
    def send(self, frames: int) -> None:
        for _ in range(frames):
            piece = self.sender.next_piece()
            if piece is None:
                break
            offset, length = piece
            assert length > 0
            assert offset + length <= min(self.size, self.receiver.limit)
            self.up.append(piece)
        if self.sender.end_due:
            assert self.sender.offset == self.size
            self.sender.end_sent()
            self.up.append(END)

    @precondition(lambda self: self.up)
    @rule(data=st.data(), keep=st.booleans(), first=st.booleans())
    def deliver(self, data: st.DataObject, keep: bool, first: bool) -> None:
        """The first one or one that overtakes; kept, it comes again."""
        at = 0 if first else data.draw(st.integers(0, len(self.up) - 1))
        frame = self.up[at] if keep else self.up.pop(at)
        self._arrive(frame)

    @precondition(lambda self: self.up)
    @rule(count=st.integers(1, 10))
    def deliver_in_order(self, count: int) -> None:
        for frame in self.up[:count]:
            self._arrive(frame)
        del self.up[:count]

    def _arrive(self, frame: tuple[int, int] | str) -> None:
        self.now_ms += 1
        if isinstance(frame, str):
            if self.receiver.end(self.size, self.now_ms):
                assert self.next_byte == self.size
            return
        offset, length = frame
        if self.receiver.data(offset, length, self.now_ms):
            assert offset == self.next_byte, "bytes were taken out of order or twice"
            self.next_byte += length

    @precondition(lambda self: self.up)
    @rule(data=st.data())
    def lose(self, data: st.DataObject) -> None:
        self.up.pop(data.draw(st.integers(0, len(self.up) - 1)))

    @rule()
    def answer(self) -> None:
        resume = self.receiver.take_resume()
        if resume is not None:
            self.down.append(resume)
        limit = self.receiver.take_credit()
        if limit is not None:
            self.down.append((CREDIT, limit))

    @precondition(lambda self: self.down)
    @rule(data=st.data(), lost=st.booleans(), keep=st.booleans())
    def hear(self, data: st.DataObject, lost: bool, keep: bool) -> None:
        at = data.draw(st.integers(0, len(self.down) - 1))
        what, limit = self.down[at] if keep else self.down.pop(at)
        if not lost:
            self._obey(what, limit)

    def _obey(self, what: str | int, limit: int) -> None:
        if isinstance(what, str):
            self.sender.credit(limit)
        else:
            self.sender.resume(what, limit)

    @rule(ms=st.integers(1, QUIET_MS))
    def wait(self, ms: int) -> None:
        self.now_ms += ms
        self.receiver.poll(self.now_ms)

    @rule(offset=st.integers(-10, 6000), length=st.integers(0, 6000))
    def lie(self, offset: int, length: int) -> None:
        """DATA that the sender never sent."""
        fits = (
            offset == self.next_byte and length > 0 and offset + length <= min(self.size, self.receiver.limit)
        )
        if not fits:
            assert not self.receiver.data(offset, length, self.now_ms)

    @rule(size=st.integers(0, 6000))
    def lie_about_the_end(self, size: int) -> None:
        ended = self.receiver.ended
        if size != self.size:
            assert self.receiver.end(size, self.now_ms) is ended

    @invariant()
    def credit_is_respected(self) -> None:
        assert self.receiver.offset == self.next_byte <= self.size
        assert 0 <= self.receiver.limit - self.receiver.offset <= self.window
        assert self.sender.limit <= self.receiver.limit
        assert self.sender.offset <= min(self.size, self.receiver.limit)

    def teardown(self) -> None:
        """From any state a link that works again brings the transfer to its end."""
        if not hasattr(self, "receiver"):
            return
        steps = 0
        while not self.receiver.ended:
            steps += 1
            assert steps < 50_000, "the transfer hangs"
            self.send(1000)
            self.deliver_in_order(len(self.up))
            if not self.receiver.ended:
                self.wait(QUIET_MS if not self.down else 1)
            self.answer()
            for what, limit in self.down:
                self._obey(what, limit)
            self.down = []
        assert self.next_byte == self.size


TestTransfer = TransferMachine.TestCase
TestTransfer.settings = settings(max_examples=400, stateful_step_count=40, deadline=None, database=None)
