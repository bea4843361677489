"""What lies in a spool under ids of versions up to 0.1.0, which several cameras could share.

A former id is only believed where something else says that it is this camera's: the camera itself, which
compares the SHA-256; the serial number beside the photo; the number of the press.
"""

from __future__ import annotations

import json

from oralcam.spool.trouble import cannot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from oralcam.files.disk import Disk
    from oralcam.spool.spool import Spool


def adopt_half(disk: Disk, capture_id: str, former: str) -> None:
    """Let the beginning of a photo go on under its id of now, unless somebody is writing it.

    Another photo's beginning does no harm: the digest does not fit, and the photo starts again.
    Raises `SpoolError`.
    """
    if disk.exists(f"{capture_id}.part") or not disk.exists(f"{former}.part"):
        return
    try:
        held = disk.grow(f"{former}.part")
        try:
            held.ready_to_rename()
            disk.rename(f"{former}.part", f"{capture_id}.part")
        finally:
            held.close()
    except BlockingIOError:
        return  # it is another camera's, which is arriving at this moment
    except OSError as error:
        raise cannot("be written", disk, error) from error


def has_photo(spool: Spool, former: str, serial_number: str) -> bool:
    """Return whether the photo of that id is here, and of this camera."""
    return (
        spool.disk.exists(f"{former}.jpg")
        and _said(spool, f"{former}.json").get("serial_number") == serial_number
    )


def has_loss(spool: Spool, former: str, press_number: int) -> bool:
    """Return whether such a version noted this loss: one of the same press. Notes of now name the camera."""
    name = f"{former}.lost"
    if not spool.disk.exists(name):
        return False
    said = _said(spool, name)
    return "serial_number" not in said and said.get("press_number", 0) == (press_number or None)


def _said(spool: Spool, name: str) -> dict[str, Any]:
    try:
        said = json.loads(spool.disk.read(name))
    except (OSError, ValueError):
        return {}  # taken away by hand, or damaged: it says nothing
    return said if isinstance(said, dict) else {}
