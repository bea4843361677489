"""COBS with the C extension, doing the same job: a stream in pieces, packets with a CRC-32 at their end."""

from __future__ import annotations

import binascii
import importlib
from typing import Any

from oralcam_protocol.wire.frame import CRC_RESIDUE

PIP_NAME = "cobs==1.2.1"
NOTE = (
    "COBS packets with a CRC-32, in the same pieces: split at zero bytes, cobs.decode, crc32. "
    "cobs.decode alone is given packets one by one, unchecked."
)


class CobsPeer:
    """COBS, doing the same job. Raises ImportError if cobs is not installed."""

    def __init__(self) -> None:
        self._cobs: Any = importlib.import_module("cobs.cobs")

    def encode(self, payloads: list[bytes]) -> bytes:
        """Return the payloads as a stream of packets."""
        return b"".join(packet + b"\0" for packet in self.packets(payloads))

    def packets(self, payloads: list[bytes]) -> list[bytes]:
        """Return the payloads as packets."""
        return [
            self._cobs.encode(payload + binascii.crc32(payload).to_bytes(4, "little")) for payload in payloads
        ]

    def decode(self, pieces: list[bytes]) -> int:
        """Receive a stream; return how many payload bytes came out."""
        count = 0
        rest = b""
        for piece in pieces:
            packets = piece.split(b"\0")
            packets[0] = rest + packets[0]
            rest = packets.pop()
            for packet in packets:
                payload = self._cobs.decode(packet)
                if binascii.crc32(payload) == CRC_RESIDUE:
                    count += len(payload) - 4
        return count

    def decode_packets(self, packets: list[bytes]) -> None:
        """Call cobs.decode and nothing else."""
        for packet in packets:
            self._cobs.decode(packet)
