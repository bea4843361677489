"""P8: how fast bytes without frames are thrown away, and how much memory a photo takes while it arrives."""

from __future__ import annotations

from collections.abc import Callable

from oralcam.link.handshake import MAX_PAYLOAD
from oralcam_protocol.wire.frame import Decoder
from tools.benchmarks.decode import FRAME_PAYLOAD, PIECE, REPEAT, cut
from tools.benchmarks.measuring import PHOTO_BYTES, Plan, median_ratio, megabytes_per_second, paired, seconds
from tools.benchmarks.openmv_peer import PIP_NAME, OpenmvPeer
from tools.benchmarks.table import Row, at_least, peer_missing

WHAT = "discard 2 MB of random bytes / openmv discards them"


def discard_all(pieces: list[bytes]) -> int:
    """Feed the project's decoder what holds no frames; return how many bytes it has found to be outside."""
    decoder = Decoder(MAX_PAYLOAD)
    for piece in pieces:
        if decoder.feed(piece):
            raise RuntimeError("there is a frame in random bytes; take another seed")
    return decoder.outside


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P8 about junk; memory.py has the others."""
    chance = plan.chance("P8")
    pieces = cut(chance.randbytes(PHOTO_BYTES), PIECE)
    subjects: dict[str, Callable[[], float]] = {"ours": lambda: seconds(lambda: discard_all(pieces), REPEAT)}
    note = ""
    try:
        openmv = OpenmvPeer(FRAME_PAYLOAD)
        subjects["openmv"] = lambda: seconds(lambda: openmv.discard(pieces))
        note = openmv.note
    except ImportError:
        pass  # its row says so
    times = paired(subjects, plan.rounds, chance)
    ours = f"{megabytes_per_second(PHOTO_BYTES, times['ours']):,.0f} MB/s"
    if "openmv" not in times:
        return [peer_missing("P8", WHAT, ours, PIP_NAME)]
    peer = f"{megabytes_per_second(PHOTO_BYTES, times['openmv']):.2f} MB/s"
    ratio = median_ratio(times["openmv"], times["ours"])
    return [Row("P8", WHAT, ours, peer, ratio, at_least(200), note)]
