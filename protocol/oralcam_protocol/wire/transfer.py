"""Moving a blob: a sender that obeys credit, a receiver that grants it and asks again for what was lost.

Plain values, offsets only: the bytes themselves are the caller's. Used for photos now, and for logs, crash
reports and firmware in either direction.
"""

WINDOW = 65536  # bytes in flight; measured: stop-and-wait costs 7 times as much at 1 ms round trip
FIRST = 1024  # the first frame is short: something to see sooner, at the price of 20 bytes
QUIET_MS = 250  # how long a receiver waits for anything before it asks again


class Sender:
    """What to send next. `next_piece` until None; `credit` and `resume` as the receiver's frames say.

    >>> sender = Sender(size=10, offset=0, limit=8, piece=4)
    >>> sender.next_piece(), sender.next_piece(), sender.next_piece()
    ((0, 4), (4, 4), None)
    >>> sender.credit(100); sender.next_piece(), sender.end_due
    ((8, 2), True)
    """

    def __init__(self, size: int, offset: int, limit: int, piece: int) -> None:
        self.size = size
        self.offset = offset
        self.limit = limit
        self.piece = piece
        self._next = min(FIRST, piece)
        self.end_due = offset >= size

    def credit(self, limit: int) -> None:
        """Note that the receiver takes bytes up to `limit` now. An older, smaller limit changes nothing."""
        if limit > self.limit:
            self.limit = limit

    def resume(self, offset: int, limit: int) -> None:
        """Note that the receiver misses everything from `offset` on."""
        if 0 <= offset <= self.size:
            self.offset = offset
            self.limit = limit
            self.end_due = offset >= self.size

    def next_piece(self) -> "tuple[int, int] | None":
        """Return offset and length of the DATA frame to send now; None while credit or bytes are used up."""
        length = min(self._next, self.size - self.offset, self.limit - self.offset)
        if length <= 0:
            return None
        self._next = self.piece
        offset = self.offset
        self.offset += length
        self.end_due = self.offset >= self.size
        return offset, length

    def end_sent(self) -> None:
        """Note that END is out; it becomes due again only by `resume`."""
        self.end_due = False


class Receiver:
    """Which DATA to take, and what to answer. Times are milliseconds of any clock that does not go back.

    >>> receiver = Receiver(size=8192, now_ms=0)
    >>> receiver.data(0, 4096, now_ms=1), receiver.data(4097, 4096, now_ms=2)
    (True, False)
    >>> receiver.take_resume(), receiver.take_resume()
    ((4096, 69632), None)
    """

    def __init__(self, size: int, now_ms: int, offset: int = 0, window: int = WINDOW) -> None:
        self.size = size
        self.offset = offset  # everything before is here
        self.window = window
        self.limit = offset + window
        self.resumes = 0  # how often something had to be asked for again
        self.ended = False
        self._latest = -1  # offset of the DATA seen last while waiting for a resumed one
        self._resume_due = False
        self._credit_due = False
        self._heard_ms = now_ms

    def data(self, offset: int, length: int, now_ms: int) -> bool:
        """Take in a DATA frame; return True if its bytes are the next ones and must be kept."""
        self._heard_ms = now_ms
        if offset == self.offset and length and offset + length <= min(self.size, self.limit):
            self.offset = offset + length
            self._latest = -1
            if self.limit < self.size and self.limit - self.offset <= self.window >> 1:
                self.limit = self.offset + self.window
                self._credit_due = True
            return True
        self._gap(offset)
        return False

    def end(self, size: int, now_ms: int) -> bool:
        """Take in END; return True if all bytes are here."""
        self._heard_ms = now_ms
        self.ended = self.ended or (size == self.size and self.offset == self.size)
        if not self.ended:
            self._gap(self.size)
        return self.ended

    def _gap(self, offset: int) -> None:
        """Note that something came that is not next.

        One RESUME a round trip is enough: frames that were in flight when the gap was found go on upwards;
        one that starts lower again belongs to the answer of our RESUME, whose own first frame was lost.
        """
        if offset > self.offset:
            if self._latest < 0 or offset <= self._latest:
                self._resume_due = True
            self._latest = offset

    def poll(self, now_ms: int) -> None:
        """Ask again, if nothing came for a while."""
        if not self.ended and now_ms - self._heard_ms >= QUIET_MS:
            self._heard_ms = now_ms
            self._resume_due = True

    def take_credit(self) -> "int | None":
        """Return the limit to send in a CREDIT frame; None if none is due."""
        due, self._credit_due = self._credit_due, False
        return self.limit if due else None

    def take_resume(self) -> "tuple[int, int] | None":
        """Return offset and limit to send in a RESUME frame; None if none is due."""
        if self.ended or not self._resume_due:
            return None
        self._resume_due = False
        self._credit_due = False
        self.resumes += 1
        self.limit = self.offset + self.window
        return self.offset, self.limit
