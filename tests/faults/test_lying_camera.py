"""A device that lies: the host refuses each lie with its own error, in bounded memory, and stays usable."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.errors import (
    ImplausiblePhoto,
    MalformedAnswer,
    NotACamera,
    OralcamError,
    RequestTimeout,
    TransferFailed,
    WrongDigest,
)
from oralcam.intake.pending import LIMIT
from oralcam.link.deadlines import Deadlines
from oralcam_protocol.wire.codec import End, EventsReply, HelloRequest, PhotosReply
from oralcam_protocol.wire.enums import Kind, Opcode, Trigger
from oralcam_protocol.wire.frame import Frame
from tests.faults.lying_camera import LyingCamera, photo

DEADLINE_S = 60.0


@pytest.fixture
def liar() -> Iterator[LyingCamera]:
    with LyingCamera() as camera:
        yield camera


@pytest.fixture
def camera(liar: LyingCamera, tmp_path: Path) -> Iterator[Camera]:
    with opened(liar, tmp_path) as opened_camera:
        yield opened_camera


def opened(liar: LyingCamera, tmp_path: Path) -> Camera:
    return Camera(liar.port, spool=tmp_path / "spool", deadlines=Deadlines().faster(8))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def still_usable(camera: Camera, liar: LyingCamera) -> bool:
    """The next honest photo arrives as if nothing had been."""
    liar.answers.clear()
    liar.photo = photo(liar.photo.capture_id + 100, len(liar.data))
    return camera.capture().jpeg == liar.data


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        os.sched_yield()


def test_the_honest_one_is_a_camera(camera: Camera, liar: LyingCamera) -> None:
    assert camera.capture().jpeg == liar.data
    assert liar.acknowledged == [1]


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 300 << 20])
def test_a_photo_of_an_impossible_size(camera: Camera, liar: LyingCamera, size: int) -> None:
    liar.photo = photo(1, size)
    with pytest.raises(ImplausiblePhoto, match=f"{size} bytes"):
        camera.capture()
    assert still_usable(camera, liar)


def test_another_digest_than_the_bytes_have(camera: Camera, liar: LyingCamera, tmp_path: Path) -> None:
    def fetch(frame: Frame) -> None:
        liar.say(Kind.RSP, frame.id, frame.arg)
        liar.send_photo(frame.id, liar.data, end=bytes(32))

    liar.answers[Opcode.FETCH] = fetch
    with pytest.raises(WrongDigest):
        camera.capture()
    assert liar.acknowledged == []
    assert not [name for name in names(tmp_path / "spool") if name.endswith(".jpg")]
    assert still_usable(camera, liar)


@pytest.mark.parametrize("announced", [-1000, +1000])
def test_another_length_than_announced(camera: Camera, liar: LyingCamera, announced: int) -> None:
    liar.photo = photo(1, len(liar.data) + announced)
    with pytest.raises(TransferFailed, match="stopped arriving"):
        camera.capture()
    assert still_usable(camera, liar)


def test_data_in_places_that_no_photo_has(camera: Camera, liar: LyingCamera) -> None:
    def fetch(frame: Frame) -> None:
        liar.say(Kind.RSP, frame.id, frame.arg)
        for offset in (1 << 29, 999_999_999, 77):
            liar.say(Kind.DATA, frame.id, offset, bytes(4096))
        liar.say(Kind.DATA, frame.id, 0, b"")
        liar.say(Kind.END, frame.id, 1 << 29, b"short")
        liar.send_photo(frame.id, liar.data)

    liar.answers[Opcode.FETCH] = fetch
    assert camera.capture().jpeg == liar.data


def test_a_transfer_that_nobody_asked_for(camera: Camera, liar: LyingCamera) -> None:
    for _ in range(50):
        liar.send_photo(4711, liar.data)
    assert camera.capture().jpeg == liar.data
    assert camera.link_counters.frames_unexpected >= 50


def test_events_of_the_past_and_of_the_far_future(camera: Camera, liar: LyingCamera) -> None:
    reader = camera._event_reader()
    for number in (1, 2, 2, 1, 0):
        liar.announce(number)
    events = reader.batch(DEADLINE_S)
    until(lambda: camera.link_counters.frames_unexpected >= 3)
    assert {event.number for event in events} <= {1, 2}
    liar.answers[Opcode.EVENTS] = lambda frame: liar.say(
        Kind.RSP, frame.id, frame.arg, EventsReply(0xFFFFFFFF, 5).pack()
    )
    liar.announce(0xFFFFFFFF)
    assert still_usable(camera, liar)


def test_times_that_no_calendar_has(camera: Camera, liar: LyingCamera) -> None:
    until(lambda: camera._link.connection.clock.moment(1) is not None)
    liar.photo.exposure_start_us = liar.photo.exposure_end_us = 2**64 - 1
    assert camera.capture().taken_at is None
    liar.announce(1, at_us=2**64 - 1)
    assert next(camera._event_reader(place=0).each(DEADLINE_S)).at is None


def test_a_hello_with_another_nonce(liar: LyingCamera, tmp_path: Path) -> None:
    liar.hello = lambda request: liar.hello_reply(request.nonce ^ 1).pack()
    with pytest.raises(NotACamera):
        opened(liar, tmp_path)


@pytest.mark.parametrize(
    "serial_number",
    ["", "S" * 65, "S" * 255, "a\x1b[2Jb", "new\nline", "\x00"],
)
def test_a_serial_number_that_is_none(liar: LyingCamera, tmp_path: Path, serial_number: str) -> None:
    liar.serial_number = serial_number
    with pytest.raises(NotACamera, match="no plausible serial number"):
        opened(liar, tmp_path)


def test_a_serial_number_of_ten_kilobytes(liar: LyingCamera, tmp_path: Path) -> None:
    def hello(request: HelloRequest) -> bytes:
        reply = liar.hello_reply(request.nonce).pack()
        at = reply.index(b"\x06LIAR-1")
        return reply[:at] + b"\xff" + b"S" * 10_000

    liar.hello = hello
    with pytest.raises(NotACamera):
        opened(liar, tmp_path)


@pytest.mark.parametrize("answer", [b"", b"\x01", b"\xff" * 4000])
def test_answers_that_are_no_messages(camera: Camera, liar: LyingCamera, answer: bytes) -> None:
    for opcode in (Opcode.CAPTURE, Opcode.HEALTH, Opcode.LIGHT_GET, Opcode.SETTINGS_GET):
        liar.answers[opcode] = lambda frame: liar.say(Kind.RSP, frame.id, frame.arg, answer)
    liar.answers[Opcode.PHOTOS] = lambda frame: liar.say(
        Kind.RSP, frame.id, frame.arg, PhotosReply(0, []).pack()
    )
    for call in (camera.capture, camera.lighting.state, camera.settings.get, camera.health):
        if len(answer) < 100:
            with pytest.raises(MalformedAnswer):
                call()
        else:  # long enough for any message, and every value is possible
            with suppress(ImplausiblePhoto):
                call()
    assert still_usable(camera, liar)


def test_an_error_that_is_no_message(camera: Camera, liar: LyingCamera) -> None:
    liar.answers[Opcode.HEALTH] = lambda frame: liar.say(Kind.ERR, frame.id, frame.arg, b"\x01")
    with pytest.raises(OralcamError, match="cannot be read"):
        camera.health()


def test_a_list_of_photos_without_end(liar: LyingCamera, tmp_path: Path) -> None:
    def photos(frame: Frame) -> None:
        after = int.from_bytes(bytes(frame.payload[:4]), "little")
        page = [photo(after + number, 100, Trigger.BUTTON) for number in range(1, 9)]
        liar.say(Kind.RSP, frame.id, frame.arg, PhotosReply(8, page).pack())

    liar.waiting = [photo(1, 100)]
    liar.answers[Opcode.PHOTOS] = photos
    with pytest.raises(MalformedAnswer, match=f"more than {LIMIT} photos"):
        opened(liar, tmp_path)


def test_more_photos_announced_than_any_camera_holds(camera: Camera, liar: LyingCamera) -> None:
    for number in range(1, LIMIT + 51):
        liar.announce(number, photo(1000 + number, len(liar.data), Trigger.BUTTON))
    until(lambda: camera._intake._pending.not_believed >= 50)
    assert len(camera._intake._pending._seen) == LIMIT
    assert camera.next_press(timeout=DEADLINE_S) is not None


def test_patience_asked_for_without_end(
    camera: Camera, liar: LyingCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oralcam.link.requests.LONGEST_S", 0.5)
    liar.answers[Opcode.HEALTH] = lambda frame: liar.say(Kind.PENDING, frame.id, 0x3FFFFFFF)
    with pytest.raises(RequestTimeout):
        camera.health()
    assert still_usable(camera, liar)


def test_a_capture_number_used_twice_for_other_bytes(
    camera: Camera, liar: LyingCamera, tmp_path: Path
) -> None:
    first = camera.capture()
    liar.data = liar.data[::-1]
    second = camera.capture()
    assert (first.jpeg, second.jpeg) == (liar.data[::-1], liar.data)
    photos = [name for name in names(tmp_path / "spool") if name.endswith(".jpg")]
    assert photos == ["LIAR-1-000001-2.jpg", "LIAR-1-000001.jpg"]


def test_a_console_that_never_stops(camera: Camera, liar: LyingCamera) -> None:
    for _ in range(200):
        liar.say_bytes(b"Traceback (most recent call last):\n" * 100)
    assert camera.capture().jpeg == liar.data
    assert len(camera.link_counters.console) <= 200


def test_an_end_before_its_data(camera: Camera, liar: LyingCamera) -> None:
    def fetch(frame: Frame) -> None:
        liar.say(Kind.END, frame.id, len(liar.data), End(bytes(32)).pack())
        liar.say(Kind.RSP, frame.id, frame.arg)
        liar.send_photo(frame.id, liar.data)

    liar.answers[Opcode.FETCH] = fetch
    assert camera.capture().jpeg == liar.data
