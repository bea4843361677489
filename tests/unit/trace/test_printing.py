"""A printed trace: a line a frame that a person understands, and the same for programs."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from oralcam.cli.trace.printing import print_trace
from oralcam.trace.decoded import DecodedFrame, decode_trace
from oralcam.trace.messages import message_of
from oralcam.trace.recorder import Entry
from oralcam_protocol.wire import codec
from oralcam_protocol.wire.enums import ErrorCode, EventType, Kind, LightLock, Opcode
from oralcam_protocol.wire.frame import encode_frame

S = 40001  # session
DAMAGED = bytearray(encode_frame(Kind.DATA, S, 2, 3000, bytes(1000)))
DAMAGED[500] ^= 1


def host(*frame: object) -> Entry:
    return Entry(0.25, "host", encode_frame(*frame))  # type: ignore[arg-type]


def camera(*frame: object) -> Entry:
    return Entry(0.125, "camera", encode_frame(*frame))  # type: ignore[arg-type]


TRACE = [
    Entry(0.0, note="opened"),
    camera(Kind.REQ, S, 1, Opcode.CAPTURE, codec.CaptureRequest(3).pack()),
    host(Kind.PENDING, S, 1, 1000),
    host(Kind.ERR, S, 1, Opcode.CAPTURE, codec.ErrorReply(ErrorCode.LIGHT_LOCKED, "too warm", "a\nb").pack()),
    camera(Kind.REQ, S, 2, Opcode.FETCH, codec.FetchRequest(9, 0, 65536).pack()),
    host(Kind.RSP, S, 2, Opcode.FETCH),
    *(host(Kind.DATA, S, 2, offset, bytes(1000)) for offset in (0, 1000, 2000)),
    Entry(0.25, "host", bytes(DAMAGED)),
    host(Kind.DATA, S, 2, 4000, bytes(1000)),
    camera(Kind.RESUME, S, 2, 3000, (68536).to_bytes(4, "little")),
    camera(Kind.CREDIT, S, 2, 70000),
    host(Kind.END, S, 2, 5000, bytes(32)),
    host(Kind.EVENT, S, 7, 0, codec.Event(7, EventType.REFUSED, 5, 3, 0, ErrorCode.BUTTON_LOCKED, []).pack()),
    host(Kind.EVENT, S, 8, 0, codec.Event(8, EventType.LIGHT, 5, 0, 0, LightLock.TOO_WARM, []).pack()),
    Entry(0.25, "host", b"MPY: soft reboot\r\n"),
    camera(Kind.REQ, S, 3, 250, b"??"),
    host(Kind.RSP, S, 9, Opcode.HEALTH, b"short"),
]
LINES = f"""\
    0.0000   # opened
    0.1250 → REQ     {S}     1 CAPTURE sharpest_of=3
    0.2500 ← PENDING {S}     1 CAPTURE more_ms=1000
    0.2500 ← ERR     {S}     1 CAPTURE code=LIGHT_LOCKED detail='too warm' log='a\\nb'
    0.1250 → REQ     {S}     2 FETCH capture_id=9 offset=0 limit=65536
    0.2500 ← RSP     {S}     2 FETCH
    0.2500 ← DATA    {S}     2 offset=0 +3000 (3 frames)
    0.2500 ← damaged 1020 bytes: {bytes(DAMAGED[:16]).hex(" ")} …
    0.2500 ← DATA    {S}     2 offset=4000 +1000
    0.1250 → RESUME  {S}     2 offset=3000 limit=68536
    0.1250 → CREDIT  {S}     2 limit=70000
    0.2500 ← END     {S}     2 size=5000 sha256={bytes(32).hex()}
    0.2500 ← EVENT   {S}     7 number=7 type=REFUSED at_us=5 press_number=3 capture_id=0 code=BUTTON_LOCKED photo=[]
    0.2500 ← EVENT   {S}     8 number=8 type=LIGHT at_us=5 press_number=0 capture_id=0 code=TOO_WARM photo=[]
    0.2500 ← says    'MPY: soft reboot'
    0.1250 → REQ     {S}     3 250
    0.2500 ← RSP     {S}     9 HEALTH cannot be decoded: message cut short
"""  # noqa: E501


def printed(*, as_json: bool = False, fold: bool = True, stream: io.StringIO | None = None) -> str:
    out = stream or io.StringIO()
    print_trace(decode_trace(TRACE), out, as_json=as_json, fold=fold)
    return out.getvalue()


def test_every_frame_is_a_line_that_says_what_it_means() -> None:
    assert printed().partition("\n\n")[0] + "\n" == LINES


def test_the_statistics_stand_at_the_end() -> None:
    seconds, heading, to_camera, to_host = printed().partition("\n\n")[2].splitlines()
    assert seconds == "0.250 s"
    assert heading.split() == ["frames", "bytes", "outside", "frames", "damaged"]
    sizes = {to: sum(len(entry.data) for entry in TRACE if entry.to == to) for to in ("camera", "host")}
    assert to_camera.split()[3:7] == ["5", str(sizes["camera"]), "0", "0"]
    assert to_host.split()[3:7] == ["11", f"{sizes['host']:,}", f"{1020 + 18:,}", "1"]
    assert "4 DATA" in to_host


def test_data_frames_are_shown_one_by_one_where_that_is_wanted() -> None:
    lines = [line for line in printed(fold=False).splitlines() if " DATA " in line]
    assert [line.partition("offset=")[2] for line in lines[:4]] == [
        "0 +1000",
        "1000 +1000",
        "2000 +1000",
        "4000 +1000",
    ]


def test_programs_get_the_same_as_json() -> None:
    lines = [json.loads(line) for line in printed(as_json=True).splitlines()]
    assert len(lines) == len(LINES.splitlines()) + 1
    assert lines[1] == {
        "at": 0.125,
        "to": "camera",
        "kind": "REQ",
        "session": S,
        "id": 1,
        "arg": 5,
        "opcode": "CAPTURE",
        "message": {"sharpest_of": 3},
    }
    assert lines[6] == {
        "at": 0.25,
        "to": "host",
        "kind": "DATA",
        "session": S,
        "id": 2,
        "arg": 0,
        "offset": 0,
        "size": 3000,
        "frames": 3,
    }
    assert lines[0] == {"at": 0, "note": "opened"}
    assert lines[7]["damaged"] == 1020
    assert lines[14]["console"] == "MPY: soft reboot\r\n"
    assert lines[16]["undecodable"] == "message cut short"
    assert lines[-1]["statistics"]["to_host"]["damaged"] == 1


class Terminal(io.StringIO):
    """A stream in colour."""

    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[" not in printed()
    assert "\x1b[31m    0.2500 ← damaged" in printed(stream=Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in printed(stream=Terminal())


REQUESTS = {"EVENTS", "CAPTURE", "PHOTOS", "FETCH", "CANCEL", "ACKNOWLEDGE", "LIGHT_SET", "SETTINGS_APPLY"}
WITHOUT_ANSWER = {"GOODBYE", "FETCH", "CANCEL"}
OPCODES = {name: number for name, number in vars(Opcode).items() if name.isupper()}


@pytest.mark.parametrize("name", OPCODES)
def test_every_opcode_has_its_messages(name: str) -> None:
    def form(kind: int, to: str) -> Callable[[], object]:
        frame = DecodedFrame(0, to, kind, 1, S, 1, OPCODES[name], bytes(500), 0)
        return lambda: message_of(frame, OPCODES[name])

    if name in REQUESTS:
        assert form(Kind.REQ, "camera")() is not None
    if name in vars(Opcode) and OPCODES[name] <= Opcode.SETTINGS_APPLY and name not in WITHOUT_ANSWER:
        assert form(Kind.RSP, "host")() is not None
