"""A DICOM archive: C-STORE, confirmed by Storage Commitment."""

from __future__ import annotations

from oralcam.errors import ArchiveTimeout, NotCommitted, SinkUnproven
from oralcam.sinks.archive import archive_errors, tell
from oralcam.sinks.inspected import facts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.dicom.commitment import CommitmentListener
    from oralcam.dicom.node import Node
    from oralcam.dicom.store import Stored
    from oralcam.record.capture_record import CaptureRecord

__all__ = ["DicomStoreSink"]


class DicomStoreSink:
    """A DICOM archive that takes VL Photographic Images, or Secondary Captures where it takes no others.

    Archives mostly bring their promise on a connection of their own: `listen` is the address and port that
    their administrator entered for this station; None listens on loopback, for an archive on this computer.
    """

    def __init__(self, name: str, node: Node, *, listen: tuple[str, int] | None = None) -> None:
        self.name = name
        self._node = node
        self._listen = listen or ("127.0.0.1", 0)
        self._listener: CommitmentListener | None = None
        self._stored: dict[str, Stored] = {}  # by the record's SOP instance UID

    def send(self, record: CaptureRecord, jpeg: bytes) -> None:
        """Send the photo with C-STORE. A second time it is the same instance.

        Raises `SinkUnavailable`, `SinkRefused`.
        """
        from oralcam.dicom.photo import photographic_image, secondary_capture
        from oralcam.dicom.store import store

        with archive_errors():
            facts = facts_of(record, jpeg)
            photo = photographic_image(record, jpeg, facts=facts)
            tell(record, photo.notices)
            self._stored[record.sop_uid] = store(
                self._node, photo, lambda: secondary_capture(record, jpeg, facts=facts)
            )

    def confirm(self, record: CaptureRecord, jpeg: bytes) -> bool:
        """Ask whether the archive promises to keep the photo.

        Raises as `send` does, and `SinkUnproven` and `SinkLost`.
        """
        from oralcam.dicom.commitment import commit

        del jpeg  # the archive has its own
        stored = self._stored.get(record.sop_uid)
        candidates = _either(record) if stored is None else [stored]
        with archive_errors():
            try:
                report = commit(self._node, candidates, self._listening())
            except ArchiveTimeout as error:
                raise SinkUnproven(str(error)) from error  # it may take its time
            if not any(one.sop_instance_uid in report.kept for one in candidates):
                raise NotCommitted(f"{self._node} does not keep the photo; it is sent again.")
        self._stored.pop(record.sop_uid, None)
        return True

    def close(self) -> None:
        """Stop listening for promises."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    def _listening(self) -> CommitmentListener | None:
        from oralcam.dicom.commitment import CommitmentListener

        if self._node.tls is not None and self._node.tls.certificate is None:
            return None  # nobody could call back over TLS: the report comes on our own connection, or never
        if self._listener is None:
            host, port = self._listen
            self._listener = CommitmentListener(self._node.station, host, port, self._node.tls)
        return self._listener


def _either(record: CaptureRecord) -> list[Stored]:
    """Return what a program that ran before may have sent."""
    from oralcam.dicom.photo import secondary_capture_uid
    from oralcam.dicom.store import Stored
    from oralcam.dicom.uids import PHOTOGRAPH, SECONDARY_CAPTURE

    return [
        Stored(PHOTOGRAPH, record.sop_uid),
        Stored(SECONDARY_CAPTURE, secondary_capture_uid(record.sop_uid), secondary_capture=True),
    ]
