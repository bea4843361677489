"""Writing files so that a power cut leaves the old state or the new one, never half."""

from __future__ import annotations

import os
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable, where the operating system can (Windows does it by itself)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durable(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` to `path`: temporary file, fsync, rename. Raises OSError; leaves nothing half-written.

    `private`: readable by its owner only, from the first byte on.
    """
    with _beside(path) as part:
        with open(part, "wb", opener=_open_private if private else None) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    sync_folder(path.parent)


def link_durable(source: Path, path: Path) -> None:
    """Give the durable file `source` the name `path` too: no byte is written again.

    Raises OSError where that cannot be (another file system, or one without links); nothing has changed then.
    """
    with _beside(path) as part:
        os.link(source, part)
        os.replace(part, path)
    sync_folder(path.parent)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name in the folder of `path` for what is to become it; gone afterwards, whatever happens."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
