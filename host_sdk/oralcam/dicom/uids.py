"""Names of PS3.6 that travel as numbers: kinds of objects, services, transfer syntaxes; a photo's UIDs."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.record import CaptureRecord

__all__ = ["PhotoUids"]

PHOTOGRAPH = "1.2.840.10008.5.1.4.1.1.77.1.4"  # VL Photographic Image Storage
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
STORAGE_COMMITMENT = "1.2.840.10008.1.20.1"  # Push Model
STORAGE_COMMITMENT_INSTANCE = "1.2.840.10008.1.20.1.1"
WORKLIST_FIND = "1.2.840.10008.5.1.4.31"
VERIFICATION = "1.2.840.10008.1.1"

JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
EXPLICIT_VR = "1.2.840.10008.1.2.1"


class PhotoUids(NamedTuple):
    """The UIDs of a photo: which object it is, of which kind, and where it belongs."""

    sop_class_uid: str
    sop_instance_uid: str
    study_uid: str
    series_uid: str

    @classmethod
    def of(cls, record: CaptureRecord) -> PhotoUids:
        """Return the UIDs of the photograph that is made from `record`; no object is built for it."""
        return cls(PHOTOGRAPH, record.sop_uid, record.study_uid, record.series_uid)
