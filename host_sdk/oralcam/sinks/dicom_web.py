"""A DICOM archive over HTTP: STOW-RS, confirmed by asking for the photo with QIDO-RS."""

from __future__ import annotations

from oralcam.sinks.archive import archive_errors, tell
from oralcam.sinks.inspected import facts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.dicom.web_archive import WebArchive
    from oralcam.record.capture_record import CaptureRecord

__all__ = ["DicomWebSink"]


class DicomWebSink:
    """A DICOM archive over HTTP that takes VL Photographic Images."""

    def __init__(self, name: str, archive: WebArchive) -> None:
        self.name = name
        self._archive = archive

    def send(self, record: CaptureRecord, jpeg: bytes) -> None:
        """Send the photo with STOW-RS. A second time it is the same instance.

        Raises `SinkUnavailable`, `SinkRefused`.
        """
        from oralcam.dicom.photo import photographic_image
        from oralcam.dicom.web import stow

        with archive_errors():
            photo = photographic_image(record, jpeg, facts=facts_of(record, jpeg))
            tell(record, photo.notices)
            stow(self._archive, photo)

    def confirm(self, record: CaptureRecord, jpeg: bytes) -> bool:
        """Ask whether the archive finds the photo, in its study and series.

        Raises as `send` does, and `SinkLost`.
        """
        from oralcam.dicom.uids import PhotoUids
        from oralcam.dicom.web import confirm

        del jpeg  # the archive has its own
        with archive_errors():
            confirm(self._archive, PhotoUids.of(record))
        return True

    def close(self) -> None:
        """Do nothing: there is no connection to close."""
