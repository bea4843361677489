"""The contents of a spool: photos that nobody saved, halves, reports of losses, what a crash left behind."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oralcam.errors import SpoolError
from oralcam.spool.spool import Spool, leave
from oralcam.spool.trouble import cannot


@dataclass(frozen=True)
class SpooledPhoto:
    """A whole photo in a spool.

    `description` is what the camera said of it; {} if that is missing or damaged.
    """

    capture_id: str
    path: Path
    size: int
    description: dict[str, Any]

    def read(self) -> bytes:
        """Return its bytes. Raises `SpoolError` if they are not what they were when it arrived."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise SpoolError(f"Photo {self.path} cannot be read ({error.strerror}).") from error
        if self.description.get("sha256", "") not in ("", hashlib.sha256(data).hexdigest()):
            raise SpoolError(f"Photo {self.path} was damaged on this disk: its SHA-256 is another by now.")
        return data

    def leave(self) -> None:
        """Take the photo out of the spool: it has gone to where it was wanted."""
        leave(self.path)


@dataclass(frozen=True)
class Loss:
    """A photo that a camera reported as lost; `press_number` is None if a program had asked for it."""

    capture_id: str
    press_number: int | None


@dataclass(frozen=True)
class Contents:
    """Everything in a spool.

    `unfinished` maps capture ids to the number of bytes that are there; `owed` are photos of which a camera
    is still to be told; `leftovers` are files of no use.
    """

    photos: tuple[SpooledPhoto, ...]
    unfinished: dict[str, int]
    owed: tuple[str, ...]
    losses: tuple[Loss, ...]
    leftovers: tuple[str, ...]


def contents_of(spool: Spool) -> Contents:
    """Look through a spool. Raises `SpoolError` if it cannot be read."""
    try:
        names = spool.disk.names()
        return Contents(
            photos=tuple(_photo(spool, name) for name in names if _is(name, ".jpg")),
            unfinished={name[:-5]: spool.disk.size(name) for name in names if _is(name, ".part")},
            owed=tuple(name[:-5] for name in names if _is(name, ".owed")),
            losses=tuple(_loss(spool, name) for name in names if _is(name, ".lost")),
            leftovers=tuple(
                name
                for name in names
                if (name.startswith(".") and name.endswith(".part"))
                or (_is(name, ".json") and f"{name[:-5]}.jpg" not in names)
            ),
        )
    except OSError as error:
        raise cannot("be read", spool.disk, error) from error


def purge(spool: Spool, contents: Contents) -> None:
    """Remove all but what is owed to a camera, and halves that are arriving at this moment.

    Raises `SpoolError`.
    """
    try:
        for photo in contents.photos:
            photo.leave()
        for capture_id in contents.unfinished:
            try:
                spool.disk.grow(f"{capture_id}.part").close()
            except BlockingIOError:
                continue
            spool.disk.remove(f"{capture_id}.part")
        for name in (*contents.leftovers, *(f"{loss.capture_id}.lost" for loss in contents.losses)):
            spool.disk.remove(name)
    except OSError as error:
        raise cannot("be emptied", spool.disk, error) from error


def _is(name: str, suffix: str) -> bool:
    return name.endswith(suffix) and not name.startswith(".")


def _photo(spool: Spool, name: str) -> SpooledPhoto:
    try:
        description = json.loads(spool.disk.read(f"{name[:-4]}.json"))
    except (OSError, ValueError):
        description = {}
    known = description if isinstance(description, dict) else {}
    return SpooledPhoto(name[:-4], spool.folder / name, spool.disk.size(name), known)


def _loss(spool: Spool, name: str) -> Loss:
    try:
        press_number = json.loads(spool.disk.read(name))["press_number"]
    except (OSError, ValueError, KeyError, TypeError):
        press_number = None
    return Loss(name[:-5], press_number if isinstance(press_number, int) else None)
