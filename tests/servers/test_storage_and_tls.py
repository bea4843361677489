"""dcmtk's storage server: the fallback to secondary captures; TLS in both directions, for the web too."""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import pydicom
import pytest

from oralcam.dicom.node import Node
from oralcam.dicom.photo import photographic_image, secondary_capture
from oralcam.dicom.pixels import extract_jpeg
from oralcam.dicom.store import store
from oralcam.dicom.tls import Tls
from oralcam.dicom.uids import SECONDARY_CAPTURE
from oralcam.dicom.web import WebArchive, stow
from oralcam.errors import ArchiveError, ArchiveUnauthorized
from tests.servers.certificates import Authority
from tests.servers.conftest import require_program
from tests.servers.dcmtk import ONLY_SECONDARY_CAPTURE, storage_server
from tests.unit.dicom.photos import full_record, jpeg
from tests.unit.dicom.web_peer import WebPeer

PHOTO = photographic_image(full_record(), jpeg())


@pytest.fixture
def storescp() -> str:
    return require_program("storescp", package="dcmtk")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(require_program("openssl", package="openssl"), tmp_path_factory.mktemp("authority"))
    made.create()
    return made


def received(folder: Path) -> pydicom.Dataset:
    (path,) = folder.iterdir()
    return pydicom.dcmread(path)


def test_an_archive_that_takes_secondary_captures_only_gets_one(storescp: str, tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.mkdir()
    configuration = tmp_path / "storescp.cfg"
    configuration.write_text(ONLY_SECONDARY_CAPTURE)
    with storage_server(storescp, held, "--config-file", str(configuration), "Default") as node:
        stored = store(node, PHOTO, lambda: secondary_capture(full_record(), jpeg()))
    assert stored.secondary_capture
    assert received(held).SOPClassUID == SECONDARY_CAPTURE
    assert extract_jpeg(received(held)) == jpeg()


def test_a_photo_over_tls_with_certificates_on_both_sides(
    storescp: str, tmp_path: Path, authority: Authority
) -> None:
    held = tmp_path / "held"
    held.mkdir()
    server, station = authority.sign("server"), authority.sign("station")
    with storage_server(storescp, held, "--accept-all", tls=(server, authority.certificate)) as node:
        tls = Tls(str(authority.certificate), str(station.certificate), str(station.key))
        store(Node(node.host, node.port, node.title, tls=tls), PHOTO)
        assert extract_jpeg(received(held)) == jpeg()
        with pytest.raises(ArchiveError):  # it wants a certificate of ours
            store(
                Node(node.host, node.port, node.title, tls=Tls(str(authority.certificate))),
                PHOTO,
                deadline_s=5,
            )
        with pytest.raises(ArchiveUnauthorized, match="do not agree on TLS"):  # we do not know its authority
            store(Node(node.host, node.port, node.title, tls=Tls()), PHOTO, deadline_s=5)
        wrong = Tls(
            str(authority.certificate), server_name="archive.example"
        )  # its certificate says localhost
        with pytest.raises(ArchiveUnauthorized, match="do not agree on TLS"):
            store(Node(node.host, node.port, node.title, tls=wrong), PHOTO, deadline_s=5)
        with pytest.raises(ArchiveError):  # without TLS at a port that wants it
            store(Node(node.host, node.port, node.title), PHOTO, deadline_s=5)


def test_a_certificate_that_is_not_there_or_not_ours_is_said(tmp_path: Path, authority: Authority) -> None:
    one, other = authority.sign("one"), authority.sign("other")
    with pytest.raises(ArchiveUnauthorized, match="trusted certificates is not there"):
        Tls(str(tmp_path / "none.pem")).context()
    with pytest.raises(ArchiveUnauthorized, match="cannot be used together"):
        Tls(str(authority.certificate), str(one.certificate), str(other.key)).context()


def test_a_photo_over_https_with_certificates_on_both_sides(authority: Authority) -> None:
    """With a server of Python's: Debian 12's Orthanc crashes at the first request over https."""
    server, station = authority.sign("web"), authority.sign("web-station")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(authority.certificate))
    context.load_cert_chain(server.certificate, server.key)
    context.verify_mode = ssl.CERT_REQUIRED
    uid = {"00081155": {"vr": "UI", "Value": [PHOTO.sop_instance_uid]}}
    peer = WebPeer(lambda request: (200, json.dumps({"00081199": {"vr": "SQ", "Value": [uid]}}).encode()))
    ours = Tls(str(authority.certificate), str(station.certificate), str(station.key))
    with peer.serving(context) as url:
        assert stow(WebArchive(url, tls=ours), PHOTO).sop_instance_uid == PHOTO.sop_instance_uid
        with pytest.raises(ArchiveUnauthorized, match="do not agree on TLS"):  # we do not know its authority
            stow(WebArchive(url), PHOTO, deadline_s=5)
        # not the name in its certificate
        with pytest.raises(ArchiveUnauthorized, match="do not agree on TLS"):
            stow(WebArchive(url.replace("localhost", "127.0.0.1"), tls=ours), PHOTO, deadline_s=5)
        with pytest.raises(ArchiveError):  # it wants a certificate of ours
            stow(WebArchive(url, tls=Tls(str(authority.certificate))), PHOTO, deadline_s=5)
    assert len(peer.requests) == 1
