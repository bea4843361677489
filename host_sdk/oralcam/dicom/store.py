"""C-STORE: give an archive one photo, as a photograph if it takes those, else as a secondary capture."""

from __future__ import annotations

from dataclasses import dataclass

from oralcam.dicom.association import associate
from oralcam.dicom.deadline import Deadline
from oralcam.dicom.optional import need_pynetdicom
from oralcam.dicom.uids import PHOTOGRAPH, SECONDARY_CAPTURE
from oralcam.errors import ArchiveBusy, ArchiveError, ArchiveRefused, ArchiveUnauthorized

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pydicom.dataset import Dataset

    from oralcam.dicom.association import Conversation
    from oralcam.dicom.node import Node
    from oralcam.dicom.photo import DicomPhoto

__all__ = ["Stored", "store"]

PATIENCE_S = 30.0


@dataclass(frozen=True)
class Stored:
    """What an archive took: ask it to commit to these two UIDs. `notice` is a sentence, or empty."""

    sop_class_uid: str
    sop_instance_uid: str
    secondary_capture: bool = False
    notice: str = ""


def store(
    node: Node,
    photo: DicomPhoto,
    secondary_capture: Callable[[], DicomPhoto] | None = None,
    deadline_s: float = PATIENCE_S,
) -> Stored:
    """Send one photo and return when the archive said that it has it.

    That is not yet a promise: see `commit`. `secondary_capture` makes the same record's fallback, and is
    called only if the archive does not take photographs. Sending the same photo again is safe: its UIDs are
    its record's.

    Raises `ArchiveError`: unreachable, timeout, broken answer, busy (all worth another try), refused,
    unauthorized (not before somebody changes something).
    """
    need_pynetdicom()
    from pynetdicom.presentation import build_context

    syntax = photo.transfer_syntax_uid
    contexts = [build_context(kind, syntax) for kind in (PHOTOGRAPH, SECONDARY_CAPTURE)]
    deadline = Deadline(deadline_s)
    with associate(node, contexts, deadline) as conversation:
        if conversation.accepts(photo.sop_class_uid, syntax):
            return _send(conversation, photo, secondary=False)
        if secondary_capture is None or not conversation.accepts(SECONDARY_CAPTURE, syntax):
            raise ArchiveRefused(
                f"{node} takes neither VL Photographic Image nor Secondary Capture as "
                f"{'JPEG' if photo.encapsulated else 'uncompressed pixels'}; its administrator can allow it."
            )
        return _send(conversation, secondary_capture(), secondary=True)


def _send(conversation: Conversation, photo: DicomPhoto, secondary: bool) -> Stored:
    photo.check()
    try:
        answer = conversation.association.send_c_store(photo.dataset)
    except (RuntimeError, ValueError) as error:  # hung up meanwhile, or nothing left to send it through
        raise conversation.failure("taking a photo") from error
    if "Status" not in answer:
        raise conversation.failure("taking a photo")
    status = int(answer.Status)
    kind = _kind(status)
    if kind is not None:
        raise kind(f"{conversation.node} {_MEANING[kind]} (status 0x{status:04X}{_fields(answer)}).")
    notice = "The archive takes no photographs: it was given a secondary capture." if secondary else ""
    if status != 0:  # B000 coerced, B006 elements discarded, B007 another class: stored all the same
        notice = f"{notice} The archive stored the photo with a warning (status 0x{status:04X}).".strip()
    return Stored(photo.sop_class_uid, photo.sop_instance_uid, secondary, notice)


_MEANING: dict[type[ArchiveError], str] = {
    ArchiveBusy: "has no room for a photo at the moment; it is tried again later",
    ArchiveRefused: "refuses the photo; its log says why",
    ArchiveUnauthorized: "does not let this station store photos; its administrator can allow it",
}


def _kind(status: int) -> type[ArchiveError] | None:
    """Return what a status means: PS3.4 annex B.2.3, PS3.7 annex C; None for success and warnings."""
    if status in (0x0000, 0x0001, 0x0107, 0x0116) or 0xB000 <= status <= 0xBFFF:
        return None
    if 0xA700 <= status <= 0xA7FF or status in (0x0110, 0x0213):  # out of resources, processing failure
        return ArchiveBusy
    return ArchiveUnauthorized if status == 0x0124 else ArchiveRefused


def _fields(answer: Dataset) -> str:
    """Return the tags that the archive complains of.

    Its free text may quote a patient, so it is not repeated.
    """
    tags = answer.get("OffendingElement") or []
    listed = [tags] if isinstance(tags, int) else list(tags)
    return (
        f", fields {', '.join(f'({tag >> 16:04X},{tag & 0xFFFF:04X})' for tag in listed)}" if listed else ""
    )
