"""Quantization and Huffman tables: those that a picture has defined, and the shortest code of each."""

from __future__ import annotations


def quantization_tables(body: bytes) -> dict[int, int] | None:
    """Return the bits a value (8 or 16) of each table in a DQT segment, by number; None if it is damaged."""
    found = {}
    at = 0
    while at < len(body):
        wide, number = body[at] >> 4, body[at] & 15
        at += 1 + (128 if wide else 64)
        if wide > 1 or number > 3 or at > len(body):
            return None
        found[number] = 16 if wide else 8
    return found


def huffman_tables(body: bytes) -> dict[tuple[int, int], int] | None:
    """Return the length in bits of the shortest code of each table in a DHT segment.

    The key is (class, number); class 0 is DC, 1 is AC. None if the segment is damaged.
    """
    found = {}
    at = 0
    while at < len(body):
        kind, number = body[at] >> 4, body[at] & 15
        counts = body[at + 1 : at + 17]
        at += 17 + sum(counts)
        codes = 0
        for count in counts:  # a code of each length takes its share of all possible ones
            codes = 2 * codes + count
        if kind > 1 or number > 3 or at > len(body) or not any(counts) or codes > 1 << 16:
            return None
        found[kind, number] = next(bits for bits, count in enumerate(counts, 1) if count)
    return found
