"""Small readings of kernel images and modules, so that no depmod, modinfo or kernel headers are needed."""

from __future__ import annotations

import lzma
import re
import struct
from pathlib import Path

SETUP_SECTORS = 0x1F1  # offsets of the Linux/x86 boot protocol
HEADER_MAGIC = 0x202
PAYLOAD = 0x248  # offset and length, 32 bits each


def payload(image: bytes) -> bytes:
    """The compressed kernel inside a bzImage; raises `ValueError` if it is none."""
    if image[HEADER_MAGIC : HEADER_MAGIC + 4] != b"HdrS":
        raise ValueError("not a Linux kernel image")
    start = ((image[SETUP_SECTORS] or 4) + 1) * 512
    offset, length = struct.unpack_from("<II", image, PAYLOAD)
    return image[start + offset : start + offset + length - 4]  # the last four bytes are its size unpacked


def read_module(path: Path) -> bytes:
    """A module's bytes, unpacked (.ko or .ko.xz)."""
    data = path.read_bytes()
    return lzma.decompress(data) if path.suffix == ".xz" else data


def module_depends(module: bytes) -> list[str]:
    """The modules that this one names as needed, with underscores."""
    found = re.search(rb"\0depends=([^\0]*)\0", module)
    names = found[1].decode() if found else ""
    return [name.replace("-", "_") for name in names.split(",") if name]
