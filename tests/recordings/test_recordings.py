"""Sessions of every version, replayed: the SDK of now meets cameras of then, and the other way round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from oralcam.camera import Camera
from oralcam.cli.trace.printing import Describer
from oralcam.photo import Photo
from oralcam.trace.decoded import decode_trace
from oralcam.trace.recorder import Recorder, read_trace
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.frame import Decoder, encode_frame
from tools.trace.on_camera import replay_on_camera
from tools.trace.replaying import Replayed, replay_on_sdk
from tools.trace.session import recorded_sessions

HERE = Path(__file__).resolve().parent
RECORDINGS = sorted(HERE.glob("*/*.trace"))
NAMES = [str(path.relative_to(HERE)) for path in RECORDINGS]
FOLDERS = sorted({path.parent for path in RECORDINGS})
FOLDER_LIMIT = 300_000
CAPTURES = HERE / "0.1.0" / "captures.trace"

every_recording = pytest.mark.parametrize("recording", RECORDINGS, ids=NAMES)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the spool of the person who runs it."""
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))


@every_recording
def test_the_recorded_camera_is_served_by_the_present_sdk(recording: Path) -> None:
    assert replay_on_sdk(recording).differences == []


@every_recording
def test_the_recorded_host_is_served_by_the_present_firmware(recording: Path) -> None:
    assert replay_on_camera(recording, "emulator").differences == []


@every_recording
def test_every_recorded_message_can_be_read(recording: Path) -> None:
    lines = list(Describer(fold=True).lines(decode_trace(read_trace(recording))))
    assert len(lines) > 5
    assert [line.text for line in lines if line.undecodable] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_holds_what_every_version_must_show(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) < FOLDER_LIMIT
    sessions = [
        session
        for path in folder.glob("*.trace")
        for session in recorded_sessions(decode_trace(read_trace(path)))
    ]
    asked = {cue.opcode for session in sessions for cue in session.cues}
    assert asked >= {Opcode.CAPTURE, Opcode.FETCH, Opcode.ACKNOWLEDGE, Opcode.HEALTH, Opcode.PHOTOS}
    assert asked >= {Opcode.LIGHT_GET, Opcode.LIGHT_SET, Opcode.SETTINGS_GET, Opcode.SETTINGS_APPLY}
    assert any(session.hello.photos_waiting for session in sessions)
    assert any(frame.kind == Kind.RESUME for session in sessions for frame in session.order)
    assert any(frame.kind == Kind.ERR for session in sessions for frame in session.order)


# -- a replay that cannot fail proves nothing ---------------------------------------------------------


def test_another_behaviour_of_the_sdk_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = Camera.capture

    def twice(camera: Camera, *, sharpest_of: int = 1) -> Photo:
        capture(camera, sharpest_of=sharpest_of)
        return capture(camera, sharpest_of=sharpest_of)

    monkeypatch.setattr(Camera, "capture", twice)
    differences = replay_on_sdk(CAPTURES).differences
    assert any("CAPTURE 01 is not in the recording, or not so often" in line for line in differences)


def test_a_request_that_is_left_out_is_noticed(mocker: MockerFixture) -> None:
    mocker.patch("oralcam.lighting.Lighting.set", return_value=None)
    differences = replay_on_sdk(CAPTURES.with_name("light_settings_health.trace")).differences
    assert any(line.startswith("LIGHT_SET") and line.endswith("was not asked") for line in differences)


def test_a_photo_that_comes_out_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Photo, "jpeg", property(lambda photo: b"another picture"))
    differences = replay_on_sdk(CAPTURES).differences
    assert len([line for line in differences if line.startswith("capture brought")]) == 2


def test_another_answer_of_the_camera_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "changed.trace"
    _rewrite(CAPTURES, path, kind=Kind.REQ, opcode=Opcode.CAPTURE, payload=b"\x63")
    assert replay_on_camera(path, "emulator").differences == ["CAPTURE was answered OUT_OF_RANGE, then RSP"]


def test_the_sdk_lives_with_a_camera_that_sends_other_bytes_than_it_hashed(tmp_path: Path) -> None:
    path = tmp_path / "changed.trace"
    _rewrite(CAPTURES, path, kind=Kind.END, opcode=12_000, payload=bytes(32))
    differences = replay_on_sdk(path).differences
    assert any("capture failed" in line and "SHA-256" in line for line in differences)


@pytest.mark.parametrize("replay", [replay_on_sdk, lambda path: replay_on_camera(path, "emulator")])
def test_a_message_that_cannot_be_read_any_more_is_named(
    tmp_path: Path, replay: Callable[[Path], Replayed]
) -> None:
    path = tmp_path / "changed.trace"
    _rewrite(CAPTURES, path, kind=Kind.HELLO, opcode=0, payload=b"short")
    first, *_ = replay(path).differences
    assert first.startswith("this cannot be read any more: HELLO")
    assert first.endswith("message cut short")


def _rewrite(source: Path, target: Path, *, kind: int, opcode: int, payload: bytes) -> None:
    """A copy in which the frames of that kind and arg carry another payload."""
    recorder = Recorder(target)
    decoders = {"camera": Decoder(), "host": Decoder()}
    for entry in read_trace(source):
        for frame in decoders[entry.to].feed(entry.data):
            changed = payload if (frame.kind, frame.arg) == (kind, opcode) else bytes(frame.payload)
            wire = encode_frame(frame.kind, frame.session, frame.id, frame.arg, changed)
            (recorder.sent if entry.to == "camera" else recorder.received)(wire)
    recorder.close()
