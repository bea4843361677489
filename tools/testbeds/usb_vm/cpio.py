"""Writes the archive format that Linux takes as its first file system ("newc", buffer-format.rst)."""

from __future__ import annotations

DIRECTORY, FILE, LINK = 0o040000, 0o100000, 0o120000


class Cpio:
    """Entries in the order in which they were added; `bytes()` gives the archive."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._count = 0

    def folder(self, path: str) -> None:
        """A folder; its parents must have been added before."""
        self._add(path, DIRECTORY | 0o755, b"")

    def file(self, path: str, content: bytes, mode: int = 0o644) -> None:
        """A file."""
        self._add(path, FILE | mode, content)

    def link(self, path: str, target: str) -> None:
        """A symbolic link."""
        self._add(path, LINK | 0o777, target.encode())

    def __bytes__(self) -> bytes:
        return b"".join([*self._parts, _entry("TRAILER!!!", 0, 0, b"")])

    def _add(self, path: str, mode: int, content: bytes) -> None:
        self._count += 1
        self._parts.append(_entry(path, self._count, mode, content))


def _entry(path: str, number: int, mode: int, content: bytes) -> bytes:
    name = path.encode() + b"\0"
    # inode, mode, uid, gid, links, mtime, size, device major and minor (twice), name's size, checksum
    fields = (number, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name), 0)
    head = b"070701" + b"".join(b"%08X" % field for field in fields) + name
    return _padded(head) + _padded(content)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
