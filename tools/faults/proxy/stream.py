"""One direction of a cable with a bad contact, as plain values: bytes in, bytes out, and when."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterable

from tools.faults.proxy.faults import ORDERS, Fault

HOLD = 65536  # bytes that are held at most; who feeds looks at `room`
REORDER_S = 0.05  # how long the first of two chunks waits for the second


class FaultyStream:
    """Feed it and take from it; times are seconds of any clock that does not go back.

    >>> stream = FaultyStream([Fault("drop", "up", at=2, amount=3)], "up")
    >>> stream.feed(b"0123456789", now_s=0.0)
    >>> stream.take(now_s=0.0), stream.injected["drop"]
    (b'0156789', 1)
    """

    def __init__(self, faults: Iterable[Fault], direction: str) -> None:
        mine = [fault for fault in faults if fault.direction == direction]
        self._coming = [(fault.at, number, fault) for number, fault in enumerate(mine)]
        heapq.heapify(self._coming)
        self._active: list[Fault] = []  # those that reach over bytes which are still to come
        self._position = 0  # bytes that were fed
        self._queue: deque[tuple[float, bytes]] = deque()  # when it may leave, and what
        self._held = 0
        self._free_s = 0.0  # nothing that is fed from here on leaves before
        self._swallow_until_s = float("-inf")
        self._copy = bytearray()  # of what is to come twice
        self._first: bytearray | None = None  # of two chunks that are to change places
        self._second = bytearray()
        self._chunk = 0
        self._let_go_s = 0.0
        self._orders: list[Fault] = []
        self.injected: Counter[str] = Counter()

    @property
    def room(self) -> int:
        """How many bytes may be fed now."""
        return max(0, HOLD - self._held)

    def feed(self, data: bytes, now_s: float) -> None:
        """Bytes enter."""
        self._let_go(now_s)
        view = memoryview(data)
        while view:
            self._begin(now_s)
            if self._truncated:
                self._position += len(view)
                break
            piece = view[: self._until_change(len(view))]
            view = view[len(piece) :]
            self._pass(bytes(piece), now_s)
            self._position += len(piece)
        self._truncated = False
        self._begin(now_s)

    _truncated = False

    def take(self, now_s: float) -> bytes:
        """Bytes that leave now."""
        self._let_go(now_s)
        leaving = []
        while self._queue and self._queue[0][0] <= now_s:
            leaving.append(self._queue.popleft()[1])
        out = b"".join(leaving)
        self._held -= len(out)
        return out

    def next_s(self) -> float | None:
        """When `take` has something, or an order is there; None if nothing waits."""
        if self._orders:
            return float("-inf")
        moments = [self._queue[0][0]] if self._queue else []
        if self._first is not None:
            moments.append(self._let_go_s)
        return min(moments, default=None)

    def take_orders(self) -> list[Fault]:
        """Faults that were reached and that who holds the cable must carry out: see `ORDERS`."""
        orders, self._orders = self._orders, []
        return orders

    def hang_up(self) -> None:
        """The plug is pulled: what is under way is lost, and a fault that lasts has ended."""
        self._queue.clear()
        self._held = 0
        self._active.clear()
        self._first = None
        self._second.clear()
        self._copy.clear()
        self._free_s = 0.0
        self._swallow_until_s = float("-inf")

    def heal(self) -> None:
        """No fault comes any more; those that last end."""
        self._coming.clear()
        self._active.clear()
        self._swallow_until_s = float("-inf")
        self._queue = deque((0.0, piece) for _, piece in self._queue)
        self._free_s = 0.0

    # -- faults begin --------------------------------------------------------------------------------

    def _begin(self, now_s: float) -> None:
        """Those whose byte is the next one."""
        self._active = [fault for fault in self._active if self._position < fault.at + fault.amount]
        if self._copy and not any(fault.kind == "duplicate" for fault in self._active):
            copy, self._copy = bytes(self._copy), bytearray()
            self._line_up(copy, now_s)
        while self._coming and self._coming[0][0] <= self._position:
            _, _, fault = heapq.heappop(self._coming)
            if fault.at + fault.amount < self._position:
                continue  # it lay in what a truncation took
            self.injected[fault.kind] += 1
            if fault.kind in ORDERS:
                self._orders.append(fault)
            elif fault.kind == "truncate":
                self._truncated = True
            elif fault.kind == "stall":
                self._free_s = max(self._free_s, now_s) + fault.seconds
            elif fault.kind == "half_open":
                self._swallow_until_s = max(self._swallow_until_s, now_s + fault.seconds)
            elif fault.kind == "reorder":
                self._begin_reorder(fault, now_s)
            else:
                self._active.append(fault)

    def _begin_reorder(self, fault: Fault, now_s: float) -> None:
        if self._first is None:
            self._first, self._second, self._chunk = bytearray(), bytearray(), fault.amount
            self._let_go_s = now_s + REORDER_S

    def _until_change(self, most: int) -> int:
        """How many of the next bytes have the same fate."""
        edges = [self._coming[0][0]] if self._coming else []
        edges += [fault.at + fault.amount for fault in self._active]
        if self._first is not None:
            part = self._first if len(self._first) < self._chunk else self._second
            edges.append(self._position + self._chunk - len(part))
        return max(1, min([most, *(edge - self._position for edge in edges)]))

    # -- bytes pass ----------------------------------------------------------------------------------

    def _pass(self, piece: bytes, now_s: float) -> None:
        kinds = {fault.kind for fault in self._active}
        if "drop" in kinds or now_s < self._swallow_until_s:
            return
        if "corrupt" in kinds:
            piece = bytes(
                byte ^ (1 + (self._position + place) * 37 % 255) for place, byte in enumerate(piece)
            )
        if "duplicate" in kinds:
            self._copy += piece
        if self._first is not None:
            self._hold_for_reorder(piece, now_s)
        else:
            self._line_up(piece, now_s)

    def _hold_for_reorder(self, piece: bytes, now_s: float) -> None:
        assert self._first is not None
        if len(self._first) < self._chunk:
            self._first += piece
        else:
            self._second += piece
        self._held += len(piece)
        if len(self._second) >= self._chunk:
            self._release(self._second, self._first, now_s)

    def _let_go(self, now_s: float) -> None:
        """The second chunk did not come in time."""
        if self._first is not None and now_s >= self._let_go_s:
            self._release(self._first, self._second, now_s)

    def _release(self, one: bytearray, other: bytearray, now_s: float) -> None:
        self._first = None
        self._held -= len(one) + len(other)
        self._line_up(bytes(one) + bytes(other), now_s)
        self._second = bytearray()

    def _line_up(self, piece: bytes, now_s: float) -> None:
        if not piece:
            return
        leaves_s = max(now_s, self._free_s)
        for fault in self._active:
            if fault.kind == "delay":
                leaves_s = max(leaves_s, now_s + fault.seconds)
            elif fault.kind == "rate":
                leaves_s += fault.seconds * len(piece) / fault.amount
        self._free_s = max(self._free_s, leaves_s) if leaves_s > now_s else self._free_s
        self._queue.append((leaves_s, piece))
        self._held += len(piece)
