"""Where photos go. The place is tried before a photo is taken: nobody has to open their mouth twice."""

from __future__ import annotations

import os

from oralcam.errors import OutputNotWritable
from oralcam.files.capture_id import LONGEST

LONGEST_NAME = "photo-" + "X" * LONGEST + ".jpg"  # stands for a name that is not known yet


class Destination:
    """A folder, and a file's name in it or None: then each photo gets a name of its own."""

    def __init__(self, folder: str, name: str | None, prefix: str = "") -> None:
        self._folder = folder
        self._name = name
        self._prefix = prefix
        _try_to_write(folder, name or LONGEST_NAME)

    def path_for(self, capture_id: str) -> str:
        """Return a photo's path.

        A named file is replaced; a name of our own making never takes another photo's place.
        """
        if self._name is not None:
            return os.path.join(self._folder, self._name)
        stem = os.path.join(self._folder, self._prefix + capture_id)
        path, copy = f"{stem}.jpg", 1
        while os.path.lexists(path):
            copy += 1
            path = f"{stem}-{copy}.jpg"
        return path


def file_or_folder(output: str | None) -> Destination:
    """Return `capture`'s destination: a file, an existing folder, or (None) the current folder.

    Raises `OutputNotWritable`.
    """
    if output is None or os.path.isdir(output):
        return Destination(output or "", None, "photo-")
    folder, name = os.path.split(output)
    if not name or (folder and not os.path.exists(folder)):
        raise OutputNotWritable(f"There is no folder {folder or output!r}: make it, or name another.")
    if os.path.exists(output) and not os.path.isfile(output):
        raise OutputNotWritable(f"{output} is not a file that a photo could replace: name another.")
    return Destination(folder, name)


def folder_of_photos(folder: str) -> Destination:
    """Return `watch`'s destination: a folder, made if only itself is missing. Raises `OutputNotWritable`."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass  # if it is no folder, writing to it says so
    except OSError as error:
        raise OutputNotWritable(f"The folder {folder} cannot be made ({error.strerror}).") from error
    return Destination(folder, None)


def _try_to_write(folder: str, name: str) -> None:
    """Make a file and remove it: mode bits do not tell (root, read-only and full disks, long names)."""
    trial = os.path.join(folder, f".{name}.{os.getpid()}.part")
    try:
        os.close(os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.unlink(trial)
    except OSError as error:
        place = folder or "the current folder"
        raise OutputNotWritable(
            f"No photo can be written to {place} ({error.strerror}): name another place."
        ) from error
