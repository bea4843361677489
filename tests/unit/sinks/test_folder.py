"""A folder: photos whole, with a sidecar, read back; no more of the patient than its privacy lets through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from oralcam import jpeg as photos
from oralcam.errors import SinkLost, SinkRefused, SinkUnavailable
from oralcam.jpeg import Privacy
from oralcam.record import CaptureRecord, VisitIds, make_record
from oralcam.sinks.folder import FolderSink
from tests.unit.jpeg.pictures import chroma
from tests.unit.record.strategies import CountingIds, patient, photo

JPEG = chroma("4:2:2")


def record(**other: Any) -> CaptureRecord:
    ids = CountingIds()
    return make_record(
        photo(jpeg=JPEG), patient(), VisitIds.new(ids), ids=ids, reason="Cracked cusp", **other
    )


@pytest.fixture
def outgoing(tmp_path: Path) -> Path:
    (tmp_path / "outgoing").mkdir()
    return tmp_path / "outgoing"


def sink(outgoing: Path, **options: Any) -> FolderSink:
    return FolderSink("practice", outgoing, outgoing.parent / "marks", **options)


def test_a_photo_and_what_it_is_are_there_and_read_back(outgoing: Path) -> None:
    made = record()
    sink(outgoing).send(made, JPEG)
    assert sink(outgoing).confirm(made, JPEG)
    assert sorted(path.name for path in outgoing.iterdir()) == [
        f"{made.record_id}.jpg",
        f"{made.record_id}.json",
    ]
    written = (outgoing / f"{made.record_id}.jpg").read_bytes()
    assert photos.read(written).family_name == "Müller"
    assert photos.strip(written) == JPEG
    said = json.loads((outgoing / f"{made.record_id}.json").read_text("utf-8"))
    assert (said["given_name"], said["reason"], said["file"]) == (
        "Zoë",
        "Cracked cusp",
        f"{made.record_id}.jpg",
    )


@pytest.mark.parametrize("privacy", [Privacy.NONE, Privacy.MINIMAL])
def test_nothing_goes_out_that_the_privacy_does_not_let_through(outgoing: Path, privacy: Privacy) -> None:
    made = record()
    guarded = sink(outgoing, privacy=privacy)
    guarded.send(made, JPEG)
    assert guarded.confirm(made, JPEG)
    everything = b"".join(path.read_bytes() + path.name.encode() for path in outgoing.iterdir())
    for secret in ("Müller", "Zoë", "Cracked cusp"):
        assert secret.encode() not in everything
        assert secret.encode("ascii", "xmlcharrefreplace") not in everything
    assert (b"P1" in everything) == (privacy is Privacy.MINIMAL)


def test_what_is_sent_twice_is_there_once(outgoing: Path) -> None:
    made = record()
    for _ in range(2):
        sink(outgoing).send(made, JPEG)
    assert len(list(outgoing.glob("*.jpg"))) == 1


def test_a_hot_folders_photo_that_was_taken_has_arrived_and_is_not_handed_over_again(outgoing: Path) -> None:
    made, hot = record(), sink(outgoing, hot=True)
    hot.send(made, JPEG)
    (outgoing / f"{made.record_id}.jpg").unlink()
    hot.send(made, JPEG)
    assert not list(outgoing.glob("*.jpg"))
    assert hot.confirm(made, JPEG)


def test_a_photo_that_is_gone_from_a_folder_that_nobody_empties_is_no_proof(outgoing: Path) -> None:
    made = record()
    sink(outgoing).send(made, JPEG)
    (outgoing / f"{made.record_id}.jpg").unlink()
    with pytest.raises(SinkUnavailable, match="not in"):
        sink(outgoing).confirm(made, JPEG)


def test_a_damaged_file_is_noticed_and_written_again(outgoing: Path) -> None:
    made = record()
    sink(outgoing).send(made, JPEG)
    (outgoing / f"{made.record_id}.jpg").write_bytes(b"half of i")
    with pytest.raises(SinkLost, match="not what was written"):
        sink(outgoing).confirm(made, JPEG)
    sink(outgoing).send(made, JPEG)
    assert sink(outgoing).confirm(made, JPEG)


def test_a_share_that_is_not_connected(tmp_path: Path) -> None:
    missing = sink(tmp_path / "nowhere")
    with pytest.raises(SinkUnavailable, match="connected"):
        missing.send(record(), JPEG)
    assert not (tmp_path / "nowhere").exists()


def test_a_photo_that_cannot_be_tagged_is_refused_for_good(outgoing: Path) -> None:
    with pytest.raises(SinkRefused, match="cannot be tagged"):
        sink(outgoing).send(record(), b"no photo")
    assert list(outgoing.iterdir()) == []
