"""A record and its JPEG as a DICOM object: VL Photographic Image, or Secondary Capture instead."""

from __future__ import annotations

import hashlib
import io
import uuid
from dataclasses import dataclass

from oralcam.dicom.acquisition import put_equipment, put_exposure, put_moment
from oralcam.dicom.association import IMPLEMENTATION, IMPLEMENTATION_UID
from oralcam.dicom.check import check
from oralcam.dicom.elements import concept, put
from oralcam.dicom.maker_note import maker_note
from oralcam.dicom.mouth import put_site, put_view
from oralcam.dicom.optional import need_pydicom
from oralcam.dicom.orientation import patient_orientation
from oralcam.dicom.patient_study import put_patient, put_series, put_study
from oralcam.dicom.pixels import put_pixels, sound_facts
from oralcam.dicom.uids import JPEG_BASELINE, PHOTOGRAPH, SECONDARY_CAPTURE, PhotoUids
from oralcam.errors import DicomError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

    from pydicom.dataset import Dataset

    from oralcam.jpeg import JpegFacts
    from oralcam.record import CaptureRecord

__all__ = ["DicomPhoto", "photographic_image", "secondary_capture"]

UNICODE = "ISO_IR 192"


@dataclass(frozen=True, repr=False)
class DicomPhoto:
    """A DICOM object, checked before it is sent or written.

    `transcoded` says that its pixels are no longer the JPEG, and `notices` why, in words.
    """

    dataset: Dataset
    transcoded: bool
    notices: tuple[str, ...]

    @property
    def sop_class_uid(self) -> str:
        """The UID of the kind of object."""
        return str(self.dataset.SOPClassUID)

    @property
    def sop_instance_uid(self) -> str:
        """The UID of this object: the same each time it is made from the same record."""
        return str(self.dataset.SOPInstanceUID)

    @property
    def study_uid(self) -> str:
        """The UID of the visit's study."""
        return str(self.dataset.StudyInstanceUID)

    @property
    def series_uid(self) -> str:
        """The UID of the visit's series."""
        return str(self.dataset.SeriesInstanceUID)

    @property
    def uids(self) -> PhotoUids:
        """The four UIDs together."""
        return PhotoUids(self.sop_class_uid, self.sop_instance_uid, self.study_uid, self.series_uid)

    @property
    def transfer_syntax_uid(self) -> str:
        """The UID of the object's encoding."""
        return str(self.dataset.file_meta.TransferSyntaxUID)

    @property
    def encapsulated(self) -> bool:
        """True if the JPEG is the pixel data."""
        return self.transfer_syntax_uid == JPEG_BASELINE

    def check(self) -> None:
        """Raise `IncompleteDicom` if the object lacks something.

        Whatever sends or writes it does this first.
        """
        check(self.dataset)

    def to_bytes(self) -> bytes:
        """Return the object as a DICOM file (PS3.10).

        Raises `IncompleteDicom` if the data set lacks something.
        """
        file = io.BytesIO()
        self.write(file)
        return file.getvalue()

    def write(self, file: BinaryIO) -> None:
        """Write the DICOM file into an open file, without a copy in memory. Raises `IncompleteDicom`."""
        from pydicom import dcmwrite

        self.check()
        dcmwrite(file, self.dataset, enforce_file_format=True)

    def __repr__(self) -> str:
        return f"<DicomPhoto {self.sop_instance_uid}>"


def photographic_image(
    record: CaptureRecord,
    jpeg: bytes,
    *,
    edited_from: str | None = None,
    facts: JpegFacts | None = None,
) -> DicomPhoto:
    """Make the photo a VL Photographic Image. The JPEG goes in byte for byte, unless the standard forbids it.

    `jpeg` is the file as it left the sensor, as the record's SHA-256 says. An edited copy has a record of its
    own; `edited_from` is the SOP instance UID of its original, and then the bytes may differ. `facts` saves a
    second look through the JPEG where it was inspected already.

    Raises `DicomError` (other bytes than the record's), `JpegError` (damaged, or of no use to archives),
    `MissingExtra`.
    """
    need_pydicom()
    dataset = _begin(record, PHOTOGRAPH, record.sop_uid)
    put_site(dataset, record.site)
    put_view(dataset, record.site)
    put(dataset, "AcquisitionContextSequence", [])
    put_exposure(dataset, record)
    return _finish(dataset, record, jpeg, edited_from, facts)


def secondary_capture(
    record: CaptureRecord, jpeg: bytes, *, edited_from: str | None = None, facts: JpegFacts | None = None
) -> DicomPhoto:
    """Make the photo a Secondary Capture, for an archive that takes no photographs.

    It is without view and exposure, and otherwise the same. It is another object and has a UID of its own,
    made from the photograph's: the same each time.
    """
    need_pydicom()
    dataset = _begin(record, SECONDARY_CAPTURE, secondary_capture_uid(record.sop_uid))
    put(dataset, "ConversionType", "DI")
    put_site(dataset, record.site)
    return _finish(dataset, record, jpeg, edited_from, facts)


def secondary_capture_uid(sop_uid: str) -> str:
    """Return the UID of the secondary capture that stands in for the photograph `sop_uid`."""
    return f"2.25.{uuid.uuid5(uuid.NAMESPACE_OID, f'{sop_uid} secondary capture').int}"


def _begin(record: CaptureRecord, sop_class: str, uid: str) -> Dataset:
    from pydicom.dataset import Dataset

    dataset = Dataset()
    put(dataset, "SpecificCharacterSet", UNICODE)
    put(dataset, "SOPClassUID", sop_class)
    put(dataset, "SOPInstanceUID", uid)
    put_patient(dataset, record.patient)
    put_study(dataset, record)
    put_series(dataset, record)
    put_equipment(dataset, record)
    put_moment(dataset, record)
    put(dataset, "PatientOrientation", patient_orientation(record.site, record.orientation))
    comments = _comments(record)
    if comments:
        put(dataset, "ImageComments", comments)
    return dataset


def _finish(
    dataset: Dataset, record: CaptureRecord, jpeg: bytes, edited_from: str | None, facts: JpegFacts | None
) -> DicomPhoto:

    sha256 = hashlib.sha256(jpeg).hexdigest()
    if edited_from is None and sha256 != record.jpeg_sha256:
        raise DicomError(
            "These are not the bytes that left the sensor: the JPEG's SHA-256 is not its record's. Give the "
            "untouched JPEG, or say which photo it was edited from."
        )
    facts = sound_facts(jpeg, facts)
    if edited_from is None and (facts.width, facts.height) != (record.width, record.height):
        raise DicomError(
            f"The JPEG has {facts.width} x {facts.height} pixels, its record says "
            f"{record.width} x {record.height}."
        )
    put(dataset, "ImageType", ["ORIGINAL" if edited_from is None else "DERIVED", "PRIMARY"])
    if edited_from is not None:
        _put_source(dataset, edited_from)
    pixels = put_pixels(dataset, jpeg, facts)
    kept = jpeg if pixels.transcoded else b""
    put(dataset, "MakerNote", maker_note(record, sha256, kept, len(jpeg)))
    _put_file_meta(dataset, pixels.transfer_syntax_uid)
    return DicomPhoto(dataset, pixels.transcoded, (pixels.notice,) if pixels.notice else ())


def _comments(record: CaptureRecord) -> str:
    """Return what people read: the reason, and the site as they wrote it."""
    site = f"Site: {record.site.label}" if record.site is not None else ""
    return "\n".join(part for part in (record.reason, site) if part)


def _put_source(dataset: Dataset, edited_from: str) -> None:
    from pydicom.dataset import Dataset

    item = Dataset()
    put(item, "ReferencedSOPClassUID", PHOTOGRAPH)
    put(item, "ReferencedSOPInstanceUID", edited_from)
    put(
        item,
        "PurposeOfReferenceCodeSequence",
        [concept("121322", "DCM", "Source image for image processing operation")],
    )
    put(dataset, "SourceImageSequence", [item])
    put(dataset, "DerivationDescription", "Edited copy")


def _put_file_meta(dataset: Dataset, transfer_syntax: str) -> None:
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import UID

    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.TransferSyntaxUID = UID(transfer_syntax)
    meta.ImplementationClassUID = UID(IMPLEMENTATION_UID)
    meta.ImplementationVersionName = IMPLEMENTATION
    dataset.file_meta = meta
