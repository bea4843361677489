"""openmv's transport, fed from memory: its own encoder makes the frames, its own receiver takes them."""

from __future__ import annotations

import importlib
import sys
from typing import Any

PIP_NAME = "openmv==1.0.7"
NOTE = (
    "openmv 1.0.7 raises TypeError in its log() when it receives under Python 3.8-3.11; "
    "this run replaced log() by nothing, which only makes openmv faster."
)


class MemorySerial:
    """A port in memory, as openmv takes one for a serial port; it hands out `pieces`, keeps what is
    written.
    """

    is_open = True

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self._pieces: list[bytes] = []

    def load(self, pieces: list[bytes]) -> None:
        """Take the pieces that are to be received, first piece first."""
        self._pieces = pieces[::-1]

    @property
    def in_waiting(self) -> int:
        """The number of bytes of the next piece."""
        return len(self._pieces[-1]) if self._pieces else 0

    def read(self, count: int) -> bytes:
        """Return the next piece."""
        del count
        return self._pieces.pop()

    def write(self, data: memoryview) -> int:
        """Keep the bytes."""
        self.written.append(bytes(data))
        return len(data)


class OpenmvPeer:
    """One openmv receiver. Raises ImportError if openmv is not installed."""

    def __init__(self, max_payload: int) -> None:
        transport = importlib.import_module("openmv.transport")
        self._serial = MemorySerial()
        self._transport: Any = transport.Transport(
            self._serial,
            crc=True,
            seq=True,
            max_payload=max_payload,
            timeout=60.0,
            event_callback=lambda *_: None,
        )
        if sys.version_info < (3, 12):
            self._transport.log = lambda *_, **__: None

    @property
    def note(self) -> str:
        """The note that belongs beside its figures."""
        return NOTE if sys.version_info < (3, 12) else ""

    def encode(self, payloads: list[bytes]) -> bytes:
        """Return the payloads as openmv sends them."""
        self._serial.written.clear()
        for number, payload in enumerate(payloads):
            self._transport.send_packet(1, 1, 0, payload, sequence=number & 0xFF)
        return b"".join(self._serial.written)

    def decode(self, pieces: list[bytes], packets: int) -> int:
        """Receive `packets` packets; return how many bytes they carried."""
        self._transport.reset_sequence()
        self._serial.load(pieces)
        return sum(len(self._transport.recv_packet()) for _ in range(packets))

    def discard(self, pieces: list[bytes]) -> None:
        """Receive what holds no packet."""
        self._serial.load(pieces)
        while self._serial.in_waiting:
            self._transport.recv_packet(poll_events=True)
