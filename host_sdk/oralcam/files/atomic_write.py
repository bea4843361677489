"""Writing files so that a power cut leaves the old state or the new one, never half."""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    AnyPath = str | os.PathLike[str]

SCANNED_S = 2.0  # for a virus scanner or an indexer to let a file go
AGAIN_S = 0.02


def sync_folder(folder: AnyPath) -> None:
    """Make renames in `folder` durable, where the operating system can (Windows does it by itself)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(source: AnyPath, target: AnyPath) -> None:
    """Rename `source` to `target`, in place of what had that name. Raises OSError."""
    _patiently(lambda: os.replace(source, target))


def remove_file(path: AnyPath) -> None:
    """Delete a file; one that is gone already is no error. Raises OSError."""
    try:
        _patiently(lambda: os.unlink(path))
    except FileNotFoundError:
        pass


def _patiently(act: Callable[[], None]) -> None:
    """Windows refuses while any program has the file open, as virus scanners have for a moment: try again."""
    deadline_s = time.monotonic() + SCANNED_S
    while True:
        try:
            act()
            return
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() >= deadline_s:
                raise
            time.sleep(AGAIN_S)


def write_durable(path: AnyPath, data: bytes, *, private: bool = False) -> None:
    """Write `data` to `path`: temporary file, fsync, rename. Raises OSError; leaves nothing half-written.

    `private`: readable by its owner only, from the first byte on.
    """
    with _Beside(path) as part:
        with open(part, "wb", opener=_open_private if private else None) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace_file(part, path)
    sync_folder(os.path.dirname(path) or ".")


def link_durable(source: AnyPath, path: AnyPath) -> None:
    """Give the durable file `source` the name `path` too: no byte is written again.

    Raises OSError where that cannot be (another file system, or one without links); nothing has changed then.
    """
    with _Beside(path) as part:
        os.link(source, part)
        replace_file(part, path)
    sync_folder(os.path.dirname(path) or ".")


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Beside:
    """A name in the folder of `path` for what is to become it; gone afterwards, whatever happens.

    (No generator: `contextlib` takes longer to load than `oralcam info` has.)
    """

    def __init__(self, path: AnyPath) -> None:
        folder, name = os.path.split(path)
        self._part = os.path.join(folder, f".{name}.{os.getpid()}.part")

    def __enter__(self) -> str:
        return self._part

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        remove_file(self._part)  # mostly it has become what it was for
