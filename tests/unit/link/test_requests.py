"""Requests: repeated until answered, answered once, ended by their deadline."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from camera_app.core.session import KEPT_REPLIES
from oralcam.errors import DeviceDisconnected, DeviceFault, QueueFull, RequestTimeout
from oralcam.link.deadlines import Deadlines
from oralcam.link.monitor import Monitor
from oralcam.link.requests import Requests
from oralcam_protocol.wire.codec import ErrorReply
from oralcam_protocol.wire.enums import ErrorCode, Kind
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame

SESSION = 9


def frame(kind: int, id: int, arg: int = 0, payload: bytes = b"") -> Frame:
    return Decoder().feed(encode_frame(kind, SESSION, id, arg, payload))[0]


class Camera:
    """Answers what is sent, in a thread of its own, by a script."""

    def __init__(self, script: Callable[[int, Frame], list[Frame]]) -> None:
        self.heard: list[Frame] = []
        self._script = script
        self.monitor = Monitor()
        impatient = Deadlines()
        impatient.repeat = 0.01
        self.table = Requests(SESSION, self.send, self.monitor, impatient)

    def send(self, data: bytes) -> None:
        (request,) = Decoder().feed(data)
        self.heard.append(request)
        for answer in self._script(len(self.heard), request):
            threading.Thread(target=self.table.answered, args=(answer,)).start()

    def ask(self, timeout: float = 5.0) -> bytes:
        with self.table.begin(timeout) as waiting:
            return self.table.ask(waiting, 3, b"payload")


def test_an_answer_comes_back_to_who_asked() -> None:
    camera = Camera(lambda count, request: [frame(Kind.RSP, request.id, payload=b"answer")])
    assert camera.ask() == b"answer"
    assert (camera.heard[0].arg, bytes(camera.heard[0].payload)) == (3, b"payload")


def test_a_lost_request_is_repeated_under_its_number() -> None:
    camera = Camera(lambda count, request: [frame(Kind.RSP, request.id)] if count == 3 else [])
    camera.ask()
    assert [request.id for request in camera.heard] == [1, 1, 1]
    assert camera.table.repeated == 2


def test_the_deadline_ends_a_request_that_nobody_answers() -> None:
    with pytest.raises(RequestTimeout):
        Camera(lambda count, request: []).ask(timeout=0.05)


def test_pending_extends_the_deadline() -> None:
    def script(count: int, request: Frame) -> list[Frame]:
        return (
            [frame(Kind.PENDING, request.id, 500)]
            if count == 1
            else [frame(Kind.RSP, request.id)] * (count > 9)
        )

    camera = Camera(script)
    camera.ask(timeout=0.05)
    assert len(camera.heard) > 9


def test_an_error_is_raised_with_advice_and_the_cameras_log() -> None:
    error = ErrorReply(ErrorCode.QUEUE_FULL, "32 photos wait", "line 1\nline 2").pack()
    camera = Camera(lambda count, request: [frame(Kind.ERR, request.id, payload=error)])
    with pytest.raises(QueueFull, match="32 photos wait; fetch the photos") as caught:
        camera.ask()
    assert caught.value.log == "line 1\nline 2"


def test_an_error_of_a_later_version_is_still_a_device_fault() -> None:
    error = ErrorReply(999, "something new", "").pack()
    camera = Camera(lambda count, request: [frame(Kind.ERR, request.id, payload=error)])
    with pytest.raises(DeviceFault, match="something new"):
        camera.ask()


def test_late_answers_are_counted_and_dropped() -> None:
    camera = Camera(lambda count, request: [])
    camera.table.answered(frame(Kind.RSP, 77))
    assert camera.table.late_replies == 1


def test_the_end_of_the_session_ends_every_request() -> None:
    camera = Camera(lambda count, request: [])
    errors: list[Exception] = []

    def ask() -> None:
        try:
            camera.ask(timeout=30)
        except DeviceDisconnected as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(20)]  # more than may be under way
    for thread in threads:
        thread.start()
    with camera.monitor:
        camera.table.fall(DeviceDisconnected("unplugged"))
    for thread in threads:
        thread.join(5)
    assert len(errors) == 20


def test_no_request_gets_so_far_ahead_that_the_camera_forgets_an_unanswered_one() -> None:
    sent, unanswered = threading.Event(), threading.Event()
    ahead: list[int] = []

    def script(count: int, request: Frame) -> list[Frame]:
        ahead.append(request.id - 1)
        sent.set()
        if request.id == 1 and not unanswered.is_set():
            return []  # the first one stays open
        return [frame(Kind.RSP, request.id)]

    camera = Camera(script)
    first = threading.Thread(target=camera.ask, args=(30,))
    first.start()
    assert sent.wait(10)
    for _ in range(KEPT_REPLIES):
        try:
            camera.ask(timeout=0.05)
        except RequestTimeout:
            break
    assert max(ahead) < KEPT_REPLIES
    unanswered.set()
    first.join(10)
    assert not first.is_alive()
    camera.ask()
