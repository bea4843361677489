"""A transfer over a link that delays, loses and doubles frames, by a clock of its own."""

import struct

from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.transfer import Receiver, Sender

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
