"""The error of a spool that the disk lets down."""

from __future__ import annotations

from oralcam.errors import SpoolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.files.disk import Disk


def cannot(what: str, disk: Disk, error: OSError) -> SpoolError:
    """Return the error for a spool that the disk lets down, with its sentence."""
    busy = isinstance(error, BlockingIOError)
    reason = "another program is writing this photo" if busy else error.strerror
    return SpoolError(
        f"The spool folder {disk.folder} cannot {what} ({reason}); the camera keeps its photos."
    )
