"""Where a process listens, as Linux tells."""

from __future__ import annotations

import ipaddress
import os
import re
import struct
from pathlib import Path

LISTEN = "0A"


def listening_at(pid: int) -> list[str]:
    """The addresses of its TCP sockets that listen."""
    sockets = {
        match[1]
        for descriptor in Path(f"/proc/{pid}/fd").iterdir()
        if (match := re.fullmatch(r"socket:\[(\d+)\]", os.readlink(descriptor)))
    }
    found = []
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = row.split()
            if fields[3] == LISTEN and fields[9] in sockets:
                found.append(_address(fields[1].partition(":")[0]))
    return found


def _address(words: str) -> str:
    """From the kernel's hexadecimal words in the machine's byte order."""
    raw = b"".join(struct.pack("=I", int(words[at : at + 8], 16)) for at in range(0, len(words), 8))
    address = ipaddress.ip_address(raw)
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
