"""A spool of a version up to 0.1.0, in which cameras that looked alike shared their ids, and this version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.camera import Camera
from oralcam.files.capture_id import capture_id
from oralcam.link.deadlines import Deadlines
from oralcam_protocol.wire.codec import AcknowledgeRequest, ErrorReply, HelloRequest, LossesReply
from oralcam_protocol.wire.codec import Loss as WireLoss
from oralcam_protocol.wire.enums import ErrorCode, Kind, Opcode, Trigger
from oralcam_protocol.wire.frame import Frame
from tests.faults.lying_camera import LyingCamera, photo

SERIAL = "OC 1"
NOW, FORMER = capture_id(SERIAL, 7), "OC_1-000007"


@pytest.fixture
def device() -> Iterator[LyingCamera]:
    """Photo 7 waits on it; it compares digests, as a camera does."""
    with LyingCamera() as liar:
        liar.serial_number = SERIAL
        liar.photo = photo(7, len(liar.data), Trigger.BUTTON)
        liar.waiting = [liar.photo]
        freely = liar._acknowledge

        def acknowledge(frame: Frame) -> None:
            if AcknowledgeRequest.unpack(frame.payload).sha256 == hashlib.sha256(liar.data).digest():
                freely(frame)
            else:
                refused = ErrorReply(ErrorCode.DIGEST_MISMATCH, "another photo", "")
                liar.say(Kind.ERR, frame.id, frame.arg, refused.pack())

        liar.answers[Opcode.ACKNOWLEDGE] = acknowledge
        yield liar


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


def opened(device: LyingCamera, spool: Path) -> Camera:
    return Camera(device.port, spool=spool, deadlines=Deadlines().faster(8))


def test_a_photo_that_was_handed_out_and_is_owed_does_not_come_twice(
    device: LyingCamera, spool: Path
) -> None:
    (spool / f"{FORMER}.owed").write_text(hashlib.sha256(device.data).hexdigest())
    with opened(device, spool) as camera:
        assert device.acknowledged == [7]
        assert camera.next_press(0) is None
    assert list(spool.iterdir()) == []


def test_a_photo_that_lies_there_does_not_come_twice(device: LyingCamera, spool: Path) -> None:
    (spool / f"{FORMER}.jpg").write_bytes(device.data)
    said = {"serial_number": SERIAL, "sha256": hashlib.sha256(device.data).hexdigest()}
    (spool / f"{FORMER}.json").write_text(json.dumps(said))
    with opened(device, spool) as camera:
        assert device.acknowledged == [7]
        assert camera.next_press(0) is None
    assert {path.name for path in spool.iterdir()} == {f"{FORMER}.jpg", f"{FORMER}.json"}


def test_what_another_camera_is_owed_stays_and_the_photo_comes(device: LyingCamera, spool: Path) -> None:
    owed = hashlib.sha256(b"another camera's photo 7").hexdigest()
    (spool / f"{FORMER}.owed").write_text(owed)
    with opened(device, spool) as camera:
        taken = camera.next_press(5)
        assert taken is not None
        assert (taken.capture_id, taken.jpeg) == (NOW, device.data)
        taken.release()
    assert [(path.name, path.read_text()) for path in spool.iterdir()] == [(f"{FORMER}.owed", owed)]


def test_a_half_goes_on_where_it_was(device: LyingCamera, spool: Path) -> None:
    (spool / f"{FORMER}.part").write_bytes(device.data[:1000])
    with opened(device, spool) as camera:
        taken = camera.next_press(5)
        assert taken is not None
        assert taken.jpeg == device.data
        taken.release()
    assert list(spool.iterdir()) == []


def lose(device: LyingCamera, press_number: int) -> None:
    """Let it report that a reset took photo 7 away."""
    device.waiting = []

    def hello(request: HelloRequest) -> bytes:
        reply = device.hello_reply(request.nonce)
        reply.captures_lost = 1
        return reply.pack()

    def losses(frame: Frame) -> None:
        after = int.from_bytes(bytes(frame.payload[:4]), "little")
        page = [WireLoss(7, press_number)] if after < 7 else []
        device.say(Kind.RSP, frame.id, frame.arg, LossesReply(0, page).pack())

    device.hello = hello
    device.answers[Opcode.LOSSES] = losses
    device.answers[Opcode.LOSS_KNOWN] = lambda frame: device.say(Kind.RSP, frame.id, frame.arg)


@pytest.mark.parametrize(
    ("file", "content", "news"),
    [
        (f"{FORMER}.lost", '{"press_number": 3}', False),  # noted by a version up to 0.1.0
        (f"{FORMER}.lost", '{"press_number": 4}', True),  # another camera's, then
        (f"{FORMER}.lost", '{"press_number": 3, "serial_number": "OC_1"}', True),
        (f"{FORMER}.owed", "ab" * 32, True),  # of camera OC_1: not said, and rather a report too many
        (f"{NOW}.owed", "ab" * 32, False),
        (f"{NOW}.lost", "{}", False),
    ],
)
def test_a_loss_is_reported_unless_it_was(
    device: LyingCamera, spool: Path, file: str, content: str, news: bool
) -> None:
    (spool / file).write_text(content)
    lose(device, press_number=3)
    with opened(device, spool) as camera:
        assert [loss.capture_id for loss in camera.losses] == ([NOW] if news else [])


@pytest.mark.parametrize(("serial", "news"), [(SERIAL, False), ("OC_1", True)])
def test_a_photo_that_is_here_was_not_lost_if_it_is_this_cameras(
    device: LyingCamera, spool: Path, serial: str, news: bool
) -> None:
    (spool / f"{FORMER}.jpg").write_bytes(b"photo")
    (spool / f"{FORMER}.json").write_text(json.dumps({"serial_number": serial, "sha256": "ab" * 32}))
    lose(device, press_number=3)
    with opened(device, spool) as camera:
        assert [loss.capture_id for loss in camera.losses] == ([NOW] if news else [])


def test_debts_of_a_camera_whose_name_goes_on_are_not_forgotten(device: LyingCamera, spool: Path) -> None:
    device.serial_number, device.waiting = "EMU", []
    (spool / "EMU-000007.owed").write_text("ab" * 32)
    (spool / "EMU-1-000007.owed").write_text("ab" * 32)
    with opened(device, spool):
        assert [path.name for path in spool.iterdir()] == ["EMU-1-000007.owed"]
