"""C-STORE with archives that take photographs, or not, or nothing at all."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import pytest
from pynetdicom import evt
from pynetdicom.ae import ApplicationEntity

from oralcam.dicom.node import Node
from oralcam.dicom.photo import photographic_image, secondary_capture, secondary_capture_uid
from oralcam.dicom.pixels import extract_jpeg
from oralcam.dicom.store import Stored, store
from oralcam.dicom.uids import PHOTOGRAPH, SECONDARY_CAPTURE
from oralcam.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveRefused,
    ArchiveTimeout,
    ArchiveUnauthorized,
    ArchiveUnreachable,
    BrokenAnswer,
    IncompleteDicom,
)
from tests.unit.dicom.peers import Archive, hangs_up, never_answers, shut_down, tcp_peer
from tests.unit.dicom.photos import SAMPLINGS, SOP, full_record, jpeg

PHOTO = photographic_image(full_record(), jpeg())


def capture() -> Any:
    return secondary_capture(full_record(), jpeg())


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_an_archive_has_the_jpeg_that_it_was_given(sampling: str) -> None:
    data = jpeg(sampling)
    archive = Archive()
    with archive.serving() as node:
        stored = store(node, photographic_image(full_record(data), data))
    assert stored == Stored(PHOTOGRAPH, SOP)
    assert extract_jpeg(archive.held[0]) == data
    assert archive.held[0].PatientName == PHOTO.dataset.PatientName


def test_an_archive_without_photographs_gets_a_secondary_capture_and_that_is_said() -> None:
    archive = Archive(kinds=(SECONDARY_CAPTURE,))
    with archive.serving() as node:
        stored = store(node, PHOTO, capture)
    assert stored.secondary_capture
    assert stored.sop_class_uid == SECONDARY_CAPTURE
    assert stored.sop_instance_uid == secondary_capture_uid(SOP) == archive.held[0].SOPInstanceUID
    assert stored.notice == "The archive takes no photographs: it was given a secondary capture."
    assert extract_jpeg(archive.held[0]) == jpeg()


def test_the_fallback_is_not_even_made_for_an_archive_that_takes_photographs() -> None:
    def never() -> Any:
        raise AssertionError("not needed")

    with Archive().serving() as node:
        assert not store(node, PHOTO, never).secondary_capture


def test_an_archive_that_takes_no_photographs_refuses_where_there_is_no_fallback() -> None:
    with Archive(kinds=(SECONDARY_CAPTURE,)).serving() as node, pytest.raises(ArchiveRefused) as caught:
        store(node, PHOTO)
    assert "takes neither VL Photographic Image nor Secondary Capture as JPEG" in str(caught.value)


def test_an_archive_that_takes_neither_refuses() -> None:
    with Archive(kinds=()).serving() as node, pytest.raises(ArchiveRefused) as caught:
        store(node, PHOTO, capture)
    assert "takes none of what this station offers" in str(caught.value)


@pytest.mark.parametrize(
    ("status", "kind", "permanent"),
    [
        (0xA700, ArchiveBusy, False),
        (0x0110, ArchiveBusy, False),
        (0xA900, ArchiveRefused, True),
        (0xC000, ArchiveRefused, True),
        (0x0122, ArchiveRefused, True),
        (0x0124, ArchiveUnauthorized, True),
    ],
)
def test_a_failure_is_an_error_that_says_whether_to_try_again(
    status: int, kind: type[ArchiveError], permanent: bool
) -> None:
    with Archive(status=status).serving() as node, pytest.raises(kind) as caught:
        store(node, PHOTO)
    assert type(caught.value) is kind
    assert caught.value.permanent is permanent
    assert f"0x{status:04X}" in str(caught.value)
    assert "Müller" not in str(caught.value)  # the archive's comment


def test_an_archive_is_left_politely_if_all_went_well_and_at_once_if_not() -> None:
    polite, refusing = Archive(), Archive(status=0xC000)
    with polite.serving() as node:
        store(node, PHOTO)
    with refusing.serving() as node, pytest.raises(ArchiveRefused):
        store(node, PHOTO)
    end = time.monotonic() + 5
    while not (polite.ended and refusing.ended) and time.monotonic() < end:
        time.sleep(0.01)
    assert (polite.ended, refusing.ended) == (["released"], ["aborted"])


@pytest.mark.parametrize("status", [0xB000, 0xB006, 0xB007])
def test_a_warning_is_stored_and_told(status: int) -> None:
    with Archive(status=status).serving() as node:
        assert f"0x{status:04X}" in store(node, PHOTO).notice


def test_nothing_incomplete_is_sent() -> None:
    spoilt = photographic_image(full_record(), jpeg())
    del spoilt.dataset.Manufacturer
    archive = Archive()
    with archive.serving() as node, pytest.raises(IncompleteDicom, match="Manufacturer"):
        store(node, spoilt)
    assert archive.held == []


def test_a_wrong_title_is_refused_with_the_reason() -> None:
    with Archive().serving() as node, pytest.raises(ArchiveRefused, match="called ae title not recognised"):
        store(Node(node.host, node.port, "ELSEWHERE"), PHOTO)


def test_nobody_at_the_address() -> None:
    with tcp_peer(never_answers) as port:
        pass
    with pytest.raises(ArchiveUnreachable, match=f"ARCHIVE at 127.0.0.1:{port} cannot be reached"):
        store(Node("127.0.0.1", port, "ARCHIVE"), PHOTO)


def test_a_host_that_has_no_name() -> None:
    with pytest.raises(ArchiveUnreachable):
        store(Node("archive.invalid", 104, "ARCHIVE"), PHOTO, deadline_s=5)


def test_a_silent_archive_is_given_up_at_the_deadline() -> None:
    with tcp_peer(never_answers) as port, pytest.raises(ArchiveTimeout, match=r"within 0\.3 s"):
        store(Node("127.0.0.1", port, "ARCHIVE"), PHOTO, deadline_s=0.3)


def test_something_else_at_the_port() -> None:
    with tcp_peer(hangs_up) as port, pytest.raises(BrokenAnswer, match="does not speak DICOM"):
        store(Node("127.0.0.1", port, "ARCHIVE"), PHOTO, deadline_s=5)


def stubborn_archive(handler: Any) -> Any:
    entity = ApplicationEntity("ARCHIVE")
    entity.add_supported_context(PHOTOGRAPH, PHOTO.transfer_syntax_uid)
    return entity, entity.start_server(
        ("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_STORE, handler)]
    )


def test_an_archive_that_takes_the_photo_and_says_nothing() -> None:
    done = threading.Event()

    def handler(event: Any) -> int:
        done.wait(10)
        return 0x0000

    entity, server = stubborn_archive(handler)
    try:
        with pytest.raises(ArchiveTimeout, match=r"did not finish taking a photo within 0\.5 s"):
            store(Node("127.0.0.1", server.server_address[1], "ARCHIVE"), PHOTO, deadline_s=0.5)
    finally:
        done.set()
        shut_down(entity)


def test_an_archive_that_breaks_off_in_the_middle() -> None:
    def handler(event: Any) -> int:
        event.assoc.abort()
        return 0x0000

    entity, server = stubborn_archive(handler)
    try:
        with pytest.raises(BrokenAnswer, match="broke off while taking a photo"):
            store(Node("127.0.0.1", server.server_address[1], "ARCHIVE"), PHOTO, deadline_s=10)
    finally:
        shut_down(entity)


def test_no_patient_in_the_log_and_none_in_errors(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Archive(status=0xC000).serving() as node, pytest.raises(ArchiveRefused) as caught:
        store(node, PHOTO)
    said = caplog.text + str(caught.value) + repr(caught.value.__cause__)
    assert "pynetdicom" in caplog.text  # it does write something
    for name in ("Müller", "Zoë", "山田", "P-4711", "Praxis Nord", "19800102"):
        assert name not in said


@pytest.mark.parametrize("title", ["", " ", "SEVENTEEN LETTERS", "BACK\\SLASH", "MÜLLER", " LEADING"])
def test_what_is_no_title_is_refused_at_the_door(title: str) -> None:
    with pytest.raises(ValueError, match="not an AE title"):
        Node("127.0.0.1", 104, title)
    with pytest.raises(ValueError, match="not an AE title"):
        Node("127.0.0.1", 104, "ARCHIVE", station=title)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused_at_the_door(port: int) -> None:
    with pytest.raises(ValueError, match="not a port"):
        Node("127.0.0.1", port, "ARCHIVE")
