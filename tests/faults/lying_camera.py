"""A device on a pty that speaks the protocol and lies. It says what a test tells it to, frame by frame."""

from __future__ import annotations

import hashlib
import os
import pty
import select
import tempfile
import threading
import tty
from collections.abc import Callable
from types import TracebackType

from oralcam_protocol.wire.codec import (
    SCHEMA_HASH,
    AcknowledgeReply,
    AcknowledgeRequest,
    CaptureReply,
    End,
    Event,
    EventsReply,
    FetchRequest,
    HeartbeatReply,
    HelloReply,
    HelloRequest,
    LightReply,
    Photo,
    PhotosReply,
    Settings,
    SettingsReply,
    SettingsRequest,
    ZoneLight,
)
from oralcam_protocol.wire.enums import EventType, Kind, Opcode, Trigger
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame

SESSION = 77
PIECE = 4096


def photo(capture_id: int, size: int, trigger: int = Trigger.HOST) -> Photo:
    """What the camera says of a photo."""
    return Photo(
        capture_id=capture_id,
        press_number=capture_id if trigger == Trigger.BUTTON else 0,
        trigger=trigger,
        boot_id=5,
        size=size,
        width=640,
        height=480,
        exposure_start_us=1_000_000,
        exposure_end_us=1_010_000,
        exposure_us=10_000,
        gain_milli=1000,
        jpeg_quality=85,
        settings_revision=1,
        tip_temperature_mc=34_000,
        frames_skipped=0,
        light=[ZoneLight(600, 12_000)] * 3,
    )


class LyingCamera:
    """Honest unless a test changes one of the public attributes. Runs while the context lasts.

    `port` stays the same when it is unplugged and plugged in again.
    """

    def __init__(self) -> None:
        self.serial_number = "LIAR-1"
        self.boot_id = 5
        self.data = b"\xff\xd8 a photo of sorts \xff\xd9" * 500
        self.photo = photo(1, len(self.data))
        self.hello: Callable[[HelloRequest], bytes] = self.honest_hello
        self.answers: dict[int, Callable[[Frame], None]] = {}  # by opcode, instead of the honest ones
        self.acknowledged: list[int] = []
        self.events = 0
        self.waiting: list[Photo] = []
        self.settings = Settings(*Settings.DEFAULTS)
        self.heard: list[tuple[int, bytes]] = []  # opcode and payload of every request
        self._decoder = Decoder()
        self._folder = tempfile.TemporaryDirectory(prefix="oralcam-liar-")
        self.port = os.path.join(self._folder.name, "port")
        self._pty: tuple[int, int] | None = None
        self._wake_in, self._wake_out = os.pipe()
        self.plug_in()
        self._thread = threading.Thread(target=self._run, name="lying camera", daemon=True)

    # -- what is done to it --------------------------------------------------------------------------

    def plug_in(self) -> None:
        """Offer a fresh pty under the same name."""
        master, keeper = pty.openpty()
        tty.setraw(keeper)
        self._pty = (master, keeper)
        os.symlink(os.ttyname(keeper), self.port)
        self._wake()

    def unplug(self) -> None:
        """Hang up."""
        ends, self._pty = self._pty, None
        os.unlink(self.port)
        self._wake()
        for descriptor in ends or ():
            os.close(descriptor)

    def _wake(self) -> None:
        os.write(self._wake_out, b"w")

    # -- what it says --------------------------------------------------------------------------------

    def honest_hello(self, request: HelloRequest) -> bytes:
        """As a camera would."""
        return self.hello_reply(request.nonce).pack()

    def hello_reply(self, nonce: int) -> HelloReply:
        """All of it honest but for the nonce."""
        return HelloReply(
            nonce=nonce,
            session=SESSION,
            boot_id=self.boot_id,
            reset_cause=1,
            major=1,
            minor=0,
            schema_hash=SCHEMA_HASH,
            capabilities=0,
            credit=4096,
            max_payload=4096,
            photos_waiting=len(self.waiting),
            newest_event=self.events,
            serial_number=self.serial_number,
            firmware_version="0.1.0",
            board="liar",
            captures_lost=0,
        )

    def say(self, kind: int, id: int, arg: int = 0, payload: bytes = b"") -> None:
        """One frame."""
        self.say_bytes(encode_frame(kind, SESSION, id, arg, payload))

    def say_bytes(self, data: bytes) -> None:
        """Anything."""
        view = memoryview(data)
        while view and self._pty is not None:
            view = view[os.write(self._pty[0], view) :]

    def announce(self, number: int, wire: Photo | None = None, at_us: int = 1_000_000) -> None:
        """An event, of a photo or of a release."""
        type = EventType.RELEASE if wire is None else EventType.PHOTO
        event = Event(number, type, at_us, 1, 0, 0, [] if wire is None else [wire])
        self.say(Kind.EVENT, number & 0xFFFF, 0, event.pack())

    def send_photo(self, id: int, data: bytes, end: bytes | None = None, start: int = 0) -> None:
        """DATA from `start` on, and END with `end` or the right digest."""
        for offset in range(start, len(data), PIECE):
            self.say(Kind.DATA, id, offset, data[offset : offset + PIECE])
        digest = hashlib.sha256(data).digest() if end is None else end
        self.say(Kind.END, id, len(data), End(digest).pack())

    # -- what it does --------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._ended:
            ends = self._pty
            ready, _, _ = select.select([self._wake_in, *(ends[:1] if ends else ())], [], [])
            if self._wake_in in ready:
                os.read(self._wake_in, 64)
            elif ends:
                self._listen(ends[0])

    _ended = False

    def _listen(self, master: int) -> None:
        try:
            for frame in self._decoder.feed(os.read(master, 65536)):
                self._take(frame)
        except OSError:
            pass  # unplugged in this very moment

    def _take(self, frame: Frame) -> None:
        if frame.kind == Kind.HELLO:
            reply = self.hello(HelloRequest.unpack(frame.payload))
            self.say_bytes(encode_frame(Kind.HELLO, SESSION, frame.id, 0, reply))
        elif frame.kind == Kind.REQ:
            self.heard.append((frame.arg, bytes(frame.payload)))
            honest = {
                Opcode.HEARTBEAT: self._heartbeat,
                Opcode.CAPTURE: self._capture,
                Opcode.FETCH: self._fetch,
                Opcode.ACKNOWLEDGE: self._acknowledge,
                Opcode.PHOTOS: self._photos,
                Opcode.EVENTS: self._events,
                Opcode.LIGHT_SET: self._light,
                Opcode.SETTINGS_APPLY: self._settings,
            }
            answer = self.answers.get(frame.arg) or honest.get(frame.arg)
            if answer is not None:
                answer(frame)

    def _heartbeat(self, frame: Frame) -> None:
        self.say(Kind.RSP, frame.id, frame.arg, HeartbeatReply(10, 20, self.events).pack())

    def _capture(self, frame: Frame) -> None:
        self.say(Kind.RSP, frame.id, frame.arg, CaptureReply(self.photo).pack())

    def _fetch(self, frame: Frame) -> None:
        self.say(Kind.RSP, frame.id, frame.arg)
        self.send_photo(frame.id, self.data, start=FetchRequest.unpack(frame.payload).offset)

    def _acknowledge(self, frame: Frame) -> None:
        number = AcknowledgeRequest.unpack(frame.payload).capture_id
        self.acknowledged.append(number)
        self.waiting = [wire for wire in self.waiting if wire.capture_id != number]
        self.say(Kind.RSP, frame.id, frame.arg, AcknowledgeReply(1, 0).pack())

    def _photos(self, frame: Frame) -> None:
        after = int.from_bytes(bytes(frame.payload[:4]), "little")
        page = [wire for wire in self.waiting if wire.capture_id > after][:8]
        self.say(Kind.RSP, frame.id, frame.arg, PhotosReply(len(self.waiting), page).pack())

    def _events(self, frame: Frame) -> None:
        self.say(Kind.RSP, frame.id, frame.arg, EventsReply(self.events + 1, self.events).pack())

    def _light(self, frame: Frame) -> None:
        self.say(Kind.RSP, frame.id, frame.arg, LightReply(1, 0, [ZoneLight(0, 0)] * 3).pack())

    def _settings(self, frame: Frame) -> None:
        if frame.arg == Opcode.SETTINGS_APPLY:
            request = SettingsRequest.unpack(frame.payload)
            for position, name in enumerate(Settings.FIELDS):
                if request.fields >> position & 1:
                    setattr(self.settings, name, getattr(request.settings, name))
        reply = SettingsReply(2, self.settings)
        self.say(Kind.RSP, frame.id, frame.arg, reply.pack())

    def __enter__(self) -> LyingCamera:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        self._wake()
        self._thread.join()
        if self._pty is not None:
            self.unplug()
        for descriptor in (self._wake_in, self._wake_out):
            os.close(descriptor)
        self._folder.cleanup()
