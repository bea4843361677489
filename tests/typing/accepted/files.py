"""Photos as files and as DICOM objects, and pictures that are judged."""

from __future__ import annotations

from datetime import date
from typing import assert_type

from oralcam import jpeg
from oralcam.contact_sheet import SheetPhoto, contact_sheet
from oralcam.dicom.commitment import CommitmentListener, Report, commit
from oralcam.dicom.node import Node
from oralcam.dicom.photo import DicomPhoto, photographic_image, secondary_capture
from oralcam.dicom.pixels import extract_jpeg
from oralcam.dicom.store import Stored, store
from oralcam.dicom.web import Login, WebArchive, confirm, stow
from oralcam.quality import Profile, QualityReport, quality_of, sharpest
from oralcam.record import CaptureRecord
from oralcam.sources.worklist import Worklist, worklist


def archive(record: CaptureRecord, data: bytes) -> None:
    photo = photographic_image(record, data)
    assert_type(photo, DicomPhoto)
    assert_type(extract_jpeg(photo.dataset), bytes)
    node = Node("pacs.example", 11112, "PACS")
    with CommitmentListener() as listener:
        stored = store(node, photo, lambda: secondary_capture(record, data))
        assert_type(stored, Stored)
        assert_type(commit(node, [stored], listener), Report)
    web = WebArchive("https://pacs.example/dicom-web", Login("camera", "secret"))
    assert_type(stow(web, photo), Stored)
    confirm(web, photo.uids)
    assert_type(worklist(node, day=date(2026, 5, 17)), Worklist)


def judge(record: CaptureRecord, data: bytes) -> None:
    assert_type(quality_of(data), QualityReport)
    assert_type(quality_of(data, Profile.load("anterior")).warnings, tuple[str, ...])
    assert_type(sharpest([data, data]), bytes)
    assert_type(jpeg.inspect(data), jpeg.JpegFacts)
    assert_type(jpeg.read(data), jpeg.PhotoMetadata)
    assert_type(jpeg.strip(data), bytes)
    assert_type(contact_sheet([SheetPhoto(record, data)]), bytes)
