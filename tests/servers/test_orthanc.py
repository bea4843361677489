"""A real archive: what it is given it gives back, it commits to it, and it refuses what it should."""

from __future__ import annotations

import hashlib
import io
import logging
from pathlib import Path
from typing import Any

import numpy
import pydicom
import pytest
from PIL import Image

from oralcam.dicom.commitment import CommitmentListener, commit
from oralcam.dicom.node import Node
from oralcam.dicom.photo import DicomPhoto, photographic_image, secondary_capture
from oralcam.dicom.pixels import extract_jpeg
from oralcam.dicom.store import Stored, store
from oralcam.dicom.uids import PHOTOGRAPH
from oralcam.dicom.web import Login, WebArchive, confirm, stow
from oralcam.errors import (
    ArchiveRefused,
    ArchiveTimeout,
    ArchiveUnauthorized,
    ArchiveUnreachable,
    NotCommitted,
    WrongStudy,
)
from tests.servers.conftest import require_program
from tests.unit.dicom.photos import SAMPLINGS, full_record, jpeg
from tools.testbeds.servers.orthanc import PASSWORD, TITLE, USER, Orthanc, orthanc_running

LOGIN = Login(USER, PASSWORD)


@pytest.fixture
def node(orthanc: Orthanc) -> Node:
    return Node("127.0.0.1", orthanc.dicom_port, TITLE)


_numbers = iter(range(1000, 100_000))


def new_photo(sampling: str = "4:2:0", **changes: Any) -> tuple[DicomPhoto, bytes]:
    """Of a study of its own."""
    data = jpeg(sampling, width=320, height=200)
    number = next(_numbers)
    uids = {
        "study_uid": f"2.25.1{number}",
        "series_uid": f"2.25.2{number}",
        "sop_uid": f"2.25.3{number}",
        **changes,
    }
    return photographic_image(full_record(data, **uids), data), data


def given_back(orthanc: Orthanc, uid: str) -> pydicom.Dataset:
    (name,) = orthanc.named(uid)
    return pydicom.dcmread(io.BytesIO(orthanc.fetch(f"/instances/{name}/file")))


@pytest.mark.parametrize("route", ["C-STORE", "STOW-RS"])
@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_a_photo_comes_back_with_the_sensors_hash_and_the_same_pixels(
    orthanc: Orthanc, node: Node, sampling: str, route: str
) -> None:
    photo, data = new_photo(sampling)
    stored = store(node, photo) if route == "C-STORE" else stow(WebArchive(orthanc.url, LOGIN), photo)
    assert stored == Stored(PHOTOGRAPH, photo.sop_instance_uid)
    back = given_back(orthanc, photo.sop_instance_uid)
    assert hashlib.sha256(extract_jpeg(back)).hexdigest() == hashlib.sha256(data).hexdigest()
    assert back.PixelData == photo.dataset.PixelData
    with Image.open(io.BytesIO(data)) as image:
        rgb = numpy.asarray(image.convert("RGB"))
    if photo.transcoded:
        assert numpy.array_equal(back.pixel_array, rgb)
    name = back.PatientName
    assert (name.family_name, name.given_name, name.ideographic) == ("Müller", "Zoë", "山田^太郎")


def test_the_archive_commits_within_seconds_to_what_it_has_and_not_to_what_it_has_not(
    orthanc: Orthanc, node: Node
) -> None:
    stored = [store(node, new_photo()[0]) for _ in range(3)]
    absent = Stored(PHOTOGRAPH, "2.25.404")
    with CommitmentListener(port=orthanc.commitment_port) as listener:
        assert commit(node, stored, listener).kept == {one.sop_instance_uid for one in stored}
        report = commit(node, [stored[0], absent], listener)
    assert report.kept == {stored[0].sop_instance_uid}
    assert report.failed == {"2.25.404": "it has no such photo"}


def test_an_archive_that_cannot_reach_us_is_asked_again_later(node: Node) -> None:
    stored = store(node, new_photo()[0])
    with CommitmentListener() as elsewhere, pytest.raises(ArchiveTimeout, match="where ORALCAM listens"):
        commit(node, [stored], elsewhere, deadline_s=1.5)


def test_stored_over_the_web_is_confirmed_and_not_stored_is_not(orthanc: Orthanc) -> None:
    archive = WebArchive(orthanc.url, LOGIN)
    photo, _ = new_photo()
    with pytest.raises(NotCommitted):
        confirm(archive, photo.uids)
    stow(archive, photo)
    confirm(archive, photo.uids)


def test_a_photo_for_another_study_is_refused_as_such(orthanc: Orthanc) -> None:
    photo, _ = new_photo()
    other, _ = new_photo()

    class Misfiled(DicomPhoto):
        @property
        def study_uid(self) -> str:
            return other.study_uid

    with pytest.raises(WrongStudy):
        stow(WebArchive(orthanc.url, LOGIN), Misfiled(photo.dataset, False, ()))
    with pytest.raises(NotCommitted):
        confirm(WebArchive(orthanc.url, LOGIN), photo.uids)


@pytest.mark.parametrize("login", [None, Login(USER, "wrong")])
def test_without_the_right_login_it_is_unauthorized(orthanc: Orthanc, login: Login | None) -> None:
    photo, _ = new_photo()
    with pytest.raises(ArchiveUnauthorized, match="401"):
        stow(WebArchive(orthanc.url, login), photo)
    with pytest.raises(ArchiveUnauthorized, match="401"):
        confirm(WebArchive(orthanc.url, login), photo.uids)


def test_a_photo_sent_twice_is_there_once(orthanc: Orthanc, node: Node) -> None:
    photo, _ = new_photo()
    before = len(orthanc.instances())
    assert store(node, photo).sop_instance_uid == store(node, photo).sop_instance_uid
    assert stow(WebArchive(orthanc.url, LOGIN), photo).sop_instance_uid == photo.sop_instance_uid
    assert len(orthanc.instances()) == before + 1


def test_photos_of_a_visit_are_one_study_and_one_series(orthanc: Orthanc, node: Node) -> None:
    first, data = new_photo()
    store(node, first)
    visit = {"study_uid": first.study_uid, "series_uid": first.series_uid}
    for number in (1, 2):
        record = full_record(data, sop_uid=f"{first.sop_instance_uid}{number}", **visit)
        store(node, photographic_image(record, data))
    captures = secondary_capture(full_record(data, sop_uid="2.25.88", **visit), data)
    store(node, captures)
    studies = [orthanc.ask(f"/studies/{name}") for name in orthanc.ask("/studies")]
    (study,) = [study for study in studies if study["MainDicomTags"]["StudyInstanceUID"] == first.study_uid]
    assert len(study["Series"]) == 1
    assert len(orthanc.ask(f"/series/{study['Series'][0]}")["Instances"]) == 4


def test_a_station_that_it_does_not_know_is_refused(orthanc: Orthanc) -> None:
    with pytest.raises(ArchiveRefused, match="calling ae title not recognised"):
        store(Node("127.0.0.1", orthanc.dicom_port, TITLE, station="STRANGER"), new_photo()[0])


def test_stopped_it_is_unreachable_and_started_again_it_has_everything(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    program = require_program("Orthanc", package="orthanc orthanc-dicomweb")
    photo, data = new_photo()
    with orthanc_running(program, tmp_path) as archive:
        node = Node("127.0.0.1", archive.dicom_port, TITLE)
        store(node, photo)
        archive.stop()
        with pytest.raises(ArchiveUnreachable):
            store(node, photo)
        with pytest.raises(ArchiveUnreachable):
            stow(WebArchive(archive.url, LOGIN), photo)
        archive.start()
        with CommitmentListener(port=archive.commitment_port) as listener:
            assert commit(node, [store(node, photo)], listener).kept == {photo.sop_instance_uid}
        assert len(archive.instances()) == 1
        assert extract_jpeg(given_back(archive, photo.sop_instance_uid)) == data
    for name in ("Müller", "Zoë", "山田", "P-4711", "Praxis Nord"):
        assert name not in caplog.text
