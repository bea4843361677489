"""STOW-RS and QIDO-RS with services that answer well, badly, late or not at all."""

from __future__ import annotations

import email
import io
import json
import logging
import socket
from collections.abc import Callable
from typing import Any

import pydicom
import pytest

from oralcam.dicom.photo import photographic_image
from oralcam.dicom.pixels import extract_jpeg
from oralcam.dicom.web import Login, Token, WebArchive, confirm, stow
from oralcam.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveRefused,
    ArchiveTimeout,
    ArchiveUnauthorized,
    ArchiveUnreachable,
    BrokenAnswer,
    NotCommitted,
    WrongStudy,
)
from tests.unit.dicom.peers import never_answers, tcp_peer
from tests.unit.dicom.photos import SERIES, SOP, STUDY, full_record, jpeg
from tests.unit.dicom.web_peer import Request, WebPeer

PHOTO = photographic_image(full_record(), jpeg())
NAMES = ("Müller", "Zoë", "山田", "P-4711", "Praxis Nord")


def told(tag: str, *items: dict[str, Any]) -> bytes:
    return json.dumps({tag: {"vr": "SQ", "Value": list(items)}}).encode()


def reference(uid: str = SOP, **numbers: int) -> dict[str, Any]:
    item: dict[str, Any] = {"00081155": {"vr": "UI", "Value": [uid]}}
    for name, number in numbers.items():
        item[{"reason": "00081197", "warning": "00081196"}[name]] = {"vr": "US", "Value": [number]}
    return item


STORED = told("00081199", reference())


def always(status: int, body: bytes = b"") -> Callable[[Request], tuple[int, bytes]]:
    return lambda request: (status, body)


def test_a_service_gets_the_file_in_one_part_under_its_study() -> None:
    peer = WebPeer(always(200, STORED))
    with peer.serving() as url:
        stored = stow(WebArchive(url), PHOTO)
    request = peer.requests[0]
    assert (stored.sop_instance_uid, stored.notice) == (SOP, "")
    assert (request.method, request.path) == ("POST", f"/dicom-web/studies/{STUDY}")
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message: Any = email.message_from_bytes(head + request.body)
    assert message.get_param("type") == "application/dicom"
    (part,) = message.get_payload()
    assert part.get_content_type() == "application/dicom"
    assert extract_jpeg(pydicom.dcmread(io.BytesIO(part.get_payload(decode=True)))) == jpeg()


def test_a_warning_is_stored_and_told() -> None:
    with WebPeer(always(202, told("00081199", reference(warning=0xB000)))).serving() as url:
        assert stow(WebArchive(url), PHOTO).notice == "The archive stored the photo with a warning (0xB000)."


@pytest.mark.parametrize(
    ("status", "body", "kind", "permanent"),
    [
        (401, b"who are you, Zo\xc3\xab?", ArchiveUnauthorized, True),
        (403, b"", ArchiveUnauthorized, True),
        (404, b"", ArchiveRefused, True),
        (409, b"", WrongStudy, True),
        (409, told("00081198", reference(reason=0xA900)), WrongStudy, True),
        (409, told("00081198", reference(reason=0x0110)), WrongStudy, True),
        (409, told("00081198", reference(reason=0xC000)), ArchiveRefused, True),
        (409, told("00081198", reference(reason=0x0122)), ArchiveRefused, True),
        (409, told("00081198", reference(reason=0x0124)), ArchiveUnauthorized, True),
        (202, told("00081198", reference(reason=0xA700)), ArchiveBusy, False),
        (413, b"", ArchiveRefused, True),
        (415, b"", ArchiveRefused, True),
        (429, b"", ArchiveBusy, False),
        (500, b"stack trace of M\xc3\xbcller", ArchiveBusy, False),
        (503, b"", ArchiveBusy, False),
        (302, b"", ArchiveRefused, True),
        (204, b"", BrokenAnswer, False),
        (200, b"", BrokenAnswer, False),
        (200, b"<html>", BrokenAnswer, False),
        (200, b"[1, 2]", BrokenAnswer, False),
        (200, b"{}", BrokenAnswer, False),
        (200, b'{"00081199": null}', BrokenAnswer, False),
        (200, b'{"00081199": {"Value": [7]}}', BrokenAnswer, False),
        (200, told("00081199", reference("2.25.1")), BrokenAnswer, False),
        (200, b"[" * 100_000, BrokenAnswer, False),
    ],
)
def test_every_bad_answer_has_its_error(
    status: int, body: bytes, kind: type[ArchiveError], permanent: bool
) -> None:
    with WebPeer(always(status, body)).serving() as url, pytest.raises(ArchiveError) as caught:
        stow(WebArchive(url), PHOTO)
    assert type(caught.value) is kind
    assert caught.value.permanent is permanent
    sentence = str(caught.value)
    assert sentence.count(". ") == 0
    assert sentence.endswith(".")
    assert not any(name in sentence for name in NAMES)


def found(**changes: Any) -> bytes:
    facts = {
        "00080016": PHOTO.sop_class_uid,
        "00080018": SOP,
        "0020000D": STUDY,
        "0020000E": SERIES,
        **changes,
    }
    return json.dumps([{tag: {"vr": "UI", "Value": [uid]} for tag, uid in facts.items()}]).encode()


def test_a_photo_that_is_there_is_confirmed() -> None:
    peer = WebPeer(always(200, found()))
    with peer.serving() as url:
        confirm(WebArchive(url), PHOTO.uids)
    assert peer.requests[0].path == f"/dicom-web/studies/{STUDY}/series/{SERIES}/instances?00080018={SOP}"


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (204, b"", NotCommitted),
        (404, b"", NotCommitted),
        (200, b"[]", NotCommitted),
        (200, found(**{"00080018": "2.25.1"}), NotCommitted),
        (200, found(**{"0020000D": "2.25.1"}), WrongStudy),
        (200, found(**{"0020000E": "2.25.1"}), WrongStudy),
        (200, b"{}", BrokenAnswer),
        (200, b"[null]", BrokenAnswer),
        (200, b"nothing", BrokenAnswer),
        (401, b"", ArchiveUnauthorized),
        (500, b"", ArchiveBusy),
    ],
)
def test_a_photo_that_is_not_surely_there_is_not_confirmed(
    status: int, body: bytes, kind: type[ArchiveError]
) -> None:
    with WebPeer(always(status, body)).serving() as url, pytest.raises(ArchiveError) as caught:
        confirm(WebArchive(url), PHOTO.uids)
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("login", "header"),
    [
        (Login("practice", "geheim ü"), "Basic cHJhY3RpY2U6Z2VoZWltIMO8"),
        (Token("abc.def"), "Bearer abc.def"),
        (None, None),
    ],
)
def test_a_login_is_sent_and_never_shown(login: Login | Token | None, header: str | None) -> None:
    peer = WebPeer(always(200, STORED))
    with peer.serving() as url:
        archive = WebArchive(url, login)
        stow(archive, PHOTO)
    assert peer.requests[0].headers.get("Authorization") == header
    assert "geheim" not in repr(archive)
    assert "abc" not in repr(archive)


@pytest.mark.parametrize(("user", "password"), [("a:b", "c"), ("a", "b\r\nX: y"), ("", "")])
def test_a_login_that_would_break_the_header_is_refused_and_not_repeated(user: str, password: str) -> None:
    with pytest.raises(ValueError, match="control characters") as caught:
        Login(user, password)
    assert "X: y" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "a\nb", "ü"])
def test_a_token_that_would_break_the_header_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        Token(token)


@pytest.mark.parametrize(
    "url",
    ["", "pacs.example", "ftp://pacs.example", "https://u:p@pacs.example/", "https://pacs.example/?a=1"],
)
def test_what_is_no_address_is_refused_at_the_door(url: str) -> None:
    with pytest.raises(ValueError, match=r"address"):
        WebArchive(url)


def test_nobody_at_the_address() -> None:
    with tcp_peer(never_answers) as port:
        pass
    with pytest.raises(ArchiveUnreachable, match="cannot be reached"):
        stow(WebArchive(f"http://127.0.0.1:{port}"), PHOTO)


def trickles(call: socket.socket) -> None:
    """An answer that would take days: each byte comes soon enough for a timeout of the socket."""
    import time

    call.recv(65536)
    for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b" " * 1_000_000:
        call.sendall(bytes((byte,)))
        time.sleep(0.02)


def never_reads(call: socket.socket) -> None:
    import time

    time.sleep(5)


@pytest.mark.parametrize("talk", [never_answers, trickles, never_reads])
def test_a_slow_service_is_given_up_at_the_deadline(talk: Callable[[socket.socket], None]) -> None:
    with tcp_peer(talk) as port, pytest.raises(ArchiveTimeout, match=r"within 0\.3 s"):
        stow(WebArchive(f"http://127.0.0.1:{port}"), PHOTO, deadline_s=0.3)


def answers_half(call: socket.socket) -> None:
    call.recv(65536)
    call.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + STORED[:20])
    call.shutdown(socket.SHUT_WR)
    while call.recv(65536):
        pass


def announces_more(call: socket.socket) -> None:
    """What it says is whole, and it is not all that it was going to say."""
    call.recv(65536)
    call.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(STORED) + 1}\r\n\r\n".encode() + STORED)
    call.shutdown(socket.SHUT_WR)
    while call.recv(65536):
        pass


def answers_nonsense(call: socket.socket) -> None:
    call.recv(65536)
    call.sendall(b"220 mail.example ESMTP\r\n")


def answers_for_ever(call: socket.socket) -> None:
    call.recv(65536)
    call.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        call.sendall(b" " * 65536)


@pytest.mark.parametrize(
    ("talk", "sentence"),
    [
        (answers_half, "broke off"),
        (announces_more, "broke off"),
        (answers_nonsense, "broke off"),
        (answers_for_ever, "more than any archive has to say"),
    ],
)
def test_an_answer_that_is_none_is_said_to_be_broken(
    talk: Callable[[socket.socket], None], sentence: str
) -> None:
    with tcp_peer(talk) as port, pytest.raises(BrokenAnswer, match=sentence):
        stow(WebArchive(f"http://127.0.0.1:{port}"), PHOTO, deadline_s=20)


def test_an_early_401_is_read_although_the_photo_was_not_taken_whole() -> None:
    big = jpeg(width=3000, height=2000)
    photo = photographic_image(full_record(big), big)

    def refuses(call: socket.socket) -> None:
        call.recv(1000)
        call.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
        call.shutdown(socket.SHUT_WR)
        while call.recv(65536):
            pass

    with tcp_peer(refuses) as port, pytest.raises(ArchiveUnauthorized):
        stow(WebArchive(f"http://127.0.0.1:{port}"), photo)


def test_plain_http_where_https_is_wanted() -> None:
    with WebPeer(always(200, STORED)).serving() as url, pytest.raises(ArchiveUnauthorized, match="TLS"):
        stow(WebArchive(url.replace("http", "https")), PHOTO, deadline_s=5)


def test_no_patient_in_the_log_and_none_in_errors(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with WebPeer(always(500, "Müller, Zoë".encode())).serving() as url, pytest.raises(ArchiveBusy) as caught:
        stow(WebArchive(url), PHOTO)
    said = caplog.text + str(caught.value) + repr(caught.value.__cause__)
    assert not any(name in said for name in NAMES)
