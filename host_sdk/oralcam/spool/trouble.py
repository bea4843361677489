"""What the spool says when the disk lets it down."""

from __future__ import annotations

from oralcam.errors import SpoolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.files.disk import Disk


def cannot(what: str, disk: Disk, error: OSError) -> SpoolError:
    """The sentence for a spool that the disk lets down."""
    busy = isinstance(error, BlockingIOError)
    reason = "another program is writing this photo" if busy else error.strerror
    return SpoolError(
        f"The spool folder {disk.folder} cannot {what} ({reason}); the camera keeps its photos."
    )
