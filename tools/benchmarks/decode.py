"""P1: what decoding 2 MB of frames costs, in memory, beside openmv, COBS in C and one bare crc32."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable

from oralcam.link.handshake import MAX_PAYLOAD
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Decoder, encode_frame
from tools.benchmarks.cobs_peer import NOTE as COBS_NOTE
from tools.benchmarks.cobs_peer import PIP_NAME as COBS
from tools.benchmarks.cobs_peer import CobsPeer
from tools.benchmarks.measuring import PHOTO_BYTES, Plan, median_ratio, megabytes_per_second, paired, seconds
from tools.benchmarks.openmv_peer import PIP_NAME as OPENMV
from tools.benchmarks.openmv_peer import OpenmvPeer
from tools.benchmarks.table import Row, at_least, peer_missing

FRAME_PAYLOAD = 4096
PIECE = 16384
ODD_PIECE = 4095
REPEAT = 10  # the fast ones take 1 ms: too short to be timed alone


def payloads(chance: random.Random, size: int = PHOTO_BYTES) -> list[bytes]:
    """Return a photo's bytes, as hard to compress as JPEG, cut as frames carry them."""
    photo = chance.randbytes(size)
    return [photo[at : at + FRAME_PAYLOAD] for at in range(0, size, FRAME_PAYLOAD)]


def cut(stream: bytes, piece: int) -> list[bytes]:
    """Return a stream as reads of a port return it."""
    return [stream[at : at + piece] for at in range(0, len(stream), piece)]


def decode_all(pieces: list[bytes]) -> int:
    """Feed the project's decoder; return how many payload bytes came out."""
    decoder = Decoder(MAX_PAYLOAD)
    return sum(len(frame.payload) for piece in pieces for frame in decoder.feed(piece))


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P1."""
    chance = plan.chance("P1")
    sent = payloads(chance)
    stream = b"".join(
        encode_frame(Kind.DATA, 1, 1, number * FRAME_PAYLOAD, payload) for number, payload in enumerate(sent)
    )
    pieces, odd_pieces = cut(stream, PIECE), cut(stream, ODD_PIECE)
    if decode_all(pieces) != PHOTO_BYTES or decode_all(odd_pieces) != PHOTO_BYTES:
        raise RuntimeError("the decoder lost frames")
    subjects: dict[str, Callable[[], float]] = {
        "ours": lambda: seconds(lambda: decode_all(pieces), REPEAT),
        "ours, odd": lambda: seconds(lambda: decode_all(odd_pieces), REPEAT),
        "crc32": lambda: seconds(lambda: zlib.crc32(stream), REPEAT),
    }
    note = ""
    try:
        openmv = OpenmvPeer(FRAME_PAYLOAD)
        openmv_pieces = cut(openmv.encode(sent), PIECE)
        subjects["openmv"] = lambda: seconds(lambda: openmv.decode(openmv_pieces, len(sent)))
        note = openmv.note
    except ImportError:
        pass  # its row says so
    try:
        cobs = CobsPeer()
        cobs_pieces, packets = cut(cobs.encode(sent), PIECE), cobs.packets(sent)
        subjects["cobs"] = lambda: seconds(lambda: cobs.decode(cobs_pieces), REPEAT)
        subjects["cobs, bare"] = lambda: seconds(lambda: cobs.decode_packets(packets), REPEAT)
    except ImportError:
        pass  # its row says so
    times = paired(subjects, plan.rounds, chance)
    return [
        row
        for ours, named in (("ours", "16 KiB"), ("ours, odd", "4,095 byte"))
        for row in _rows(times, ours, named, note)
    ]


def _rows(times: dict[str, list[float]], ours: str, named: str, note: str) -> list[Row]:
    def speed(name: str) -> str:
        return f"{megabytes_per_second(PHOTO_BYTES, times[name]):,.1f} MB/s"

    peers = (
        ("openmv", "openmv receives the same", at_least(100), OPENMV, note),
        ("cobs", "cobs (C) receives the same", at_least(1.5), COBS, COBS_NOTE),
        ("cobs, bare", "cobs.decode (C) alone", None, COBS, COBS_NOTE),
        ("crc32", "one zlib.crc32", at_least(0.25), "", ""),
    )
    rows = []
    for name, what, limit, pip_name, remark in peers:
        what = f"decode 2 MB in {named} pieces / {what}"
        if name not in times:
            rows.append(peer_missing("P1", what, speed(ours), pip_name))
            continue
        ratio = median_ratio(times[name], times[ours])
        judged = limit if ours == "ours" else None
        rows.append(Row("P1", what, speed(ours), speed(name), ratio, judged, remark))
    return rows
