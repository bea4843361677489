"""Who was armed at a camera, kept over the program's end: a late photo is quarantined with its candidates."""

from __future__ import annotations

import json
import re

from oralcam import log
from oralcam.errors import RecordError
from oralcam.files.capture_id import camera_name
from oralcam.files.private_folder import PrivateFolder
from oralcam.record import json_form
from oralcam.record.assignment.timeline import Arming

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])\.json", re.IGNORECASE)  # no files on Windows
KEPT = 16  # a camera's photos wait for minutes, and seldom for days


class ArmingFile:
    """A private file for one camera.

    A file that cannot be read is reported and begun again: it only names candidates.
    """

    def __init__(self, folder: Path, serial_number: str) -> None:
        self._folder = PrivateFolder(folder)
        self._name = f"camera-{camera_name(serial_number)}.json"
        self._former = f"{''.join(c if c.isalnum() else '_' for c in serial_number)[:40]}.json"

    def load(self) -> tuple[Arming, ...]:
        """Return the last armings, oldest first. Raises `RecordStoreError` if the disk fails."""
        data = self._folder.read(self._name)
        if data is None and not _DEVICE.fullmatch(self._former):
            data = self._folder.read(self._former)
        if data is None:
            return ()
        try:
            return tuple(json_form.from_plain(Arming, one, "arming") for one in json.loads(data))
        except (ValueError, TypeError, RecordError):
            log.warning("who was armed before cannot be read: late photos will name no candidates")
            return ()

    def save(self, armings: tuple[Arming, ...]) -> None:
        """Write the armings, durably. Raises `RecordStoreError` if the disk fails."""
        plain = [json_form.to_plain(one) for one in armings[-KEPT:]]
        self._folder.write(self._name, json.dumps(plain, ensure_ascii=False).encode())
        if not _DEVICE.fullmatch(self._former):
            self._folder.remove(self._former)
