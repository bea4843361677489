"""Where a fuzzer begins: valid frames, messages and pictures, and scripts of every command."""

from __future__ import annotations

import json
from pathlib import Path

from tools.faults.fuzz import jpeg_oracle

VECTORS = Path(__file__).resolve().parents[3] / "protocol" / "vectors"


def seeds_of(target: str) -> list[bytes]:
    """Inputs that lead far into the code."""
    if target == "jpeg":
        return jpeg_oracle.seeds()
    if target == "messages":
        vectors = json.loads((VECTORS / "messages.json").read_text("utf-8"))
        return [bytes.fromhex(vector["hex"]) for vector in vectors]
    if target == "decoder":
        vectors = json.loads((VECTORS / "frames.json").read_text("utf-8"))
        frames = [bytes.fromhex(vector["hex"]) for kind in vectors.values() for vector in kind]
        small = [frame for frame in frames if len(frame) < 600]
        return [*small, b"console text\n" + b"".join(small[:4]), small[0][:-1] + small[1]]
    return [bytes(range(start, 256, 3)) for start in range(3)]
