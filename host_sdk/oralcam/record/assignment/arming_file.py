"""Who was armed at a camera, kept over the program's end: a late photo is quarantined with its candidates."""

from __future__ import annotations

import json

from oralcam import log
from oralcam.errors import RecordError
from oralcam.files.private_folder import PrivateFolder
from oralcam.record import json_form
from oralcam.record.assignment.timeline import Arming

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

KEPT = 16  # a camera's photos wait for minutes, and seldom for days


class ArmingFile:
    """A private file for one camera. What cannot be read is said and begun anew: it only names candidates."""

    def __init__(self, folder: Path, serial_number: str) -> None:
        self._folder = PrivateFolder(folder)
        self._name = f"{''.join(c if c.isalnum() else '_' for c in serial_number)[:40]}.json"

    def load(self) -> tuple[Arming, ...]:
        """The last ones, oldest first. Raises `RecordStoreError` if the disk fails."""
        data = self._folder.read(self._name)
        if data is None:
            return ()
        try:
            return tuple(json_form.from_plain(Arming, one, "arming") for one in json.loads(data))
        except (ValueError, TypeError, RecordError):
            log.warning("who was armed before cannot be read: late photos will name no candidates")
            return ()

    def save(self, armings: tuple[Arming, ...]) -> None:
        """Durably. Raises `RecordStoreError` if the disk fails."""
        plain = [json_form.to_plain(one) for one in armings[-KEPT:]]
        self._folder.write(self._name, json.dumps(plain, ensure_ascii=False).encode())
