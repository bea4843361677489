"""A photo on its way to several sinks is looked through once; to ask for it, nothing is built."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from pytest_mock import MockerFixture

from oralcam.dicom.web import WebArchive
from oralcam.errors import SinkRefused
from oralcam.jpeg import inspector
from oralcam.sinks import inspected
from oralcam.sinks.dicom_web import DicomWebSink
from oralcam.sinks.folder import FolderSink
from oralcam.sinks.inspected import facts_of
from tests.unit.dicom.photos import SERIES, SOP, STUDY, full_record, jpeg, record
from tests.unit.dicom.web_peer import Request, WebPeer


@pytest.fixture
def looks(mocker: MockerFixture) -> MagicMock:
    """The calls that look through a file, from now on."""
    mocker.patch.object(inspected, "_facts", {})
    return mocker.spy(inspector, "_facts_of")


def sizes(looks: MagicMock) -> list[int]:
    """The size of each file that was looked through."""
    return [facts.size for facts in looks.spy_return_list]


def archive_that_takes_it(request: Request) -> tuple[int, bytes]:
    if request.method == "POST":
        item = {"00081155": {"vr": "UI", "Value": [SOP]}}
        return 200, json.dumps({"00081199": {"vr": "SQ", "Value": [item]}}).encode()
    held = {"00080018": SOP, "0020000D": STUDY, "0020000E": SERIES}
    return 200, json.dumps([{tag: {"vr": "UI", "Value": [uid]} for tag, uid in held.items()}]).encode()


def test_a_photo_is_looked_through_once_on_its_way_to_all_sinks(looks: MagicMock, tmp_path: Path) -> None:
    made, data = full_record(), jpeg()
    (tmp_path / "outgoing").mkdir()
    with WebPeer(archive_that_takes_it).serving() as url:
        for sink in (
            FolderSink("files", tmp_path / "outgoing", tmp_path / "marks"),
            DicomWebSink("web", WebArchive(url)),
        ):
            sink.send(made, data)
            assert sink.confirm(made, data)
    assert sizes(looks).count(len(data)) == 1


def test_an_archive_is_asked_without_building_the_object(looks: MagicMock) -> None:
    peer = WebPeer(archive_that_takes_it)
    with peer.serving() as url:
        assert DicomWebSink("web", WebArchive(url)).confirm(full_record(), b"not looked at")
    assert looks.call_count == 0
    assert [request.method for request in peer.requests] == ["GET"]


def test_what_is_damaged_is_refused_each_time(looks: MagicMock, tmp_path: Path) -> None:
    cut = jpeg()[:-100]
    broken = dataclasses.replace(record(), jpeg_sha256="0" * 64, jpeg_size=len(cut))
    sink = FolderSink("files", tmp_path, tmp_path / "marks")
    for _ in range(2):
        with pytest.raises(SinkRefused, match="damaged"):
            sink.send(broken, cut)
    assert sizes(looks) == [len(cut)]


def test_only_the_latest_photos_are_remembered(looks: MagicMock) -> None:
    data = jpeg()
    made = [dataclasses.replace(record(), jpeg_sha256=f"{number:064x}") for number in range(40)]
    for one in made:
        facts_of(one, data)
    assert len(inspected._facts) == inspected.KEPT
    facts_of(made[-1], data)
    assert looks.call_count == 40
    facts_of(made[0], data)
    assert looks.call_count == 41
