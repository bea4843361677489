"""Unplugged and plugged in again: everybody is told at once, and then everything is as it was."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralcam import Camera, DeviceDisconnected
from oralcam.errors import OralcamError
from oralcam.link.deadlines import Deadlines
from oralcam_protocol.wire.codec import EventsReply, FetchRequest, LightRequest, SettingsRequest
from oralcam_protocol.wire.enums import Kind, Opcode, Trigger
from oralcam_protocol.wire.frame import Frame
from tests.faults.lying_camera import LyingCamera, photo
from tests.faults.test_close import Waiter

DEADLINE_S = 60.0


@pytest.fixture
def device() -> Iterator[LyingCamera]:
    with LyingCamera() as camera:
        yield camera


@pytest.fixture
def camera(device: LyingCamera, tmp_path: Path) -> Iterator[Camera]:
    with Camera(device.port, spool=tmp_path / "spool", deadlines=Deadlines().faster(4)) as opened:
        yield opened


def asked(device: LyingCamera, opcode: int) -> list[bytes]:
    return [payload for heard, payload in device.heard if heard == opcode]


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0)  # only gives way


def unplug(device: LyingCamera, camera: Camera) -> None:
    """Returns when the SDK has noticed."""
    device.unplug()
    until(lambda: camera.down is not None)


def test_every_waiter_is_told(camera: Camera, device: LyingCamera) -> None:
    device.answers[Opcode.HEALTH] = device.answers[Opcode.CAPTURE] = lambda frame: None
    waiting = [
        Waiter(call)
        for call in (
            camera.health,
            camera.capture,
            lambda: list(camera.presses()),
            lambda: list(camera.events()),
        )
    ]
    until(lambda: asked(device, Opcode.HEALTH) and asked(device, Opcode.CAPTURE))
    device.unplug()
    for waiter in waiting:
        waiter.join(DEADLINE_S)
        assert isinstance(waiter.ended, DeviceDisconnected)
    with pytest.raises(DeviceDisconnected):
        camera.health()


def test_the_same_object_works_again(camera: Camera, device: LyingCamera) -> None:
    before = camera.capture()
    unplug(device, camera)
    with pytest.raises(DeviceDisconnected):
        list(camera.presses())
    assert not camera.wait_connected(timeout=0)
    device.plug_in()
    assert camera.wait_connected(DEADLINE_S)
    device.photo = photo(2, len(device.data))
    assert camera.capture().jpeg == before.jpeg
    assert camera.link_counters.reconnects == 1


def test_a_session_tells_when_it_began(camera: Camera, device: LyingCamera) -> None:
    first = camera.connected_since
    assert first[0] <= time.time()
    unplug(device, camera)
    unplugged_s = time.monotonic()
    device.plug_in()
    assert camera.wait_connected(DEADLINE_S)
    assert camera.connected_since[1] >= unplugged_s > first[1]


def test_light_and_settings_are_as_before_after_a_reset(camera: Camera, device: LyingCamera) -> None:
    camera.lighting.preset("even")
    camera.lighting.preset("posterior")
    camera.settings.apply(gain=2.0)
    camera.settings.apply(exposure_us=5000)
    unplug(device, camera)
    device.heard.clear()
    device.boot_id = 6
    device.plug_in()
    assert camera.wait_connected(DEADLINE_S)
    (light,) = asked(device, Opcode.LIGHT_SET)
    assert LightRequest.unpack(light).levels_permille == [200, 1000, 1000]
    (settings,) = asked(device, Opcode.SETTINGS_APPLY)
    request = SettingsRequest.unpack(settings)
    assert (request.fields, request.settings.exposure_us, request.settings.gain_milli) == (3, 5000, 2000)


def test_settings_are_not_touched_where_there_was_no_reset(camera: Camera, device: LyingCamera) -> None:
    camera.settings.apply(gain=2.0)
    camera.lighting.preset("even")
    unplug(device, camera)
    device.heard.clear()
    device.plug_in()
    assert camera.wait_connected(DEADLINE_S)
    assert asked(device, Opcode.SETTINGS_APPLY) == []
    assert len(asked(device, Opcode.LIGHT_SET)) == 1  # it had gone out


def test_a_light_that_is_refused_is_no_reason_to_stay_away(camera: Camera, device: LyingCamera) -> None:
    camera.lighting.preset("even")
    unplug(device, camera)
    device.answers[Opcode.LIGHT_SET] = lambda frame: device.say(
        Kind.ERR, frame.id, 0, b"\x08\x00\x00\x00\x00"
    )
    device.plug_in()
    assert camera.wait_connected(DEADLINE_S)


def test_half_a_photo_goes_on_where_it_was(camera: Camera, device: LyingCamera, tmp_path: Path) -> None:
    half = len(device.data) // 2

    def fetch_half(frame: Frame) -> None:
        device.say(Kind.RSP, frame.id, frame.arg)
        device.say(Kind.DATA, frame.id, 0, device.data[:half])

    device.answers[Opcode.FETCH] = fetch_half
    waiter = Waiter(camera.capture)
    part = tmp_path / "spool" / "LIAR-1-000001.part"
    until(lambda: part.exists() and part.stat().st_size == half)
    unplug(device, camera)
    waiter.join(DEADLINE_S)
    assert isinstance(waiter.ended, DeviceDisconnected)
    device.waiting = [device.photo]
    device.answers.clear()
    device.heard.clear()
    device.plug_in()
    assert camera.wait_connected(DEADLINE_S)
    device.photo = photo(2, len(device.data))
    camera.capture()  # brings the stray one in first
    offsets = [FetchRequest.unpack(payload).offset for payload in asked(device, Opcode.FETCH)]
    assert offsets == [half, 0]
    assert (tmp_path / "spool" / "LIAR-1-000001.jpg").read_bytes() == device.data
    assert device.acknowledged == [1, 2]


def test_half_of_another_photo_is_thrown_away(camera: Camera, device: LyingCamera, tmp_path: Path) -> None:
    (tmp_path / "spool" / "LIAR-1-000001.part").write_bytes(b"of a camera whose numbers began again")
    assert camera.capture().jpeg == device.data
    offsets = [FetchRequest.unpack(payload).offset for payload in asked(device, Opcode.FETCH)]
    assert offsets == [37, 0]


def test_an_acknowledgement_that_was_lost_is_made_up_for_and_the_photo_handed_out_once(
    camera: Camera, device: LyingCamera, tmp_path: Path
) -> None:
    device.answers[Opcode.ACKNOWLEDGE] = lambda frame: device.unplug()
    wire = photo(1, len(device.data), Trigger.BUTTON)
    device.announce(1, wire)
    first = camera.next_press(timeout=DEADLINE_S)
    assert first is not None
    first.save(tmp_path / "saved.jpg")  # it leaves the spool before the camera knows
    device.waiting = [wire]
    device.answers.clear()
    device.plug_in()
    assert camera.wait_connected(DEADLINE_S)
    assert camera.next_press(timeout=0) is None
    assert device.acknowledged == [1]
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_debt_of_an_earlier_program_is_settled(device: LyingCamera, tmp_path: Path) -> None:
    with Camera(device.port, spool=tmp_path / "spool", deadlines=Deadlines().faster(4)) as first:
        device.answers[Opcode.ACKNOWLEDGE] = lambda frame: None
        photo_in_hand = first.capture()
    device.answers.clear()
    device.waiting = [device.photo]
    with Camera(device.port, spool=tmp_path / "spool") as second:
        assert device.acknowledged == [1]
        assert second.next_press(timeout=0) is None
    assert photo_in_hand.jpeg == device.data


def test_another_camera_on_its_port_is_left_alone(camera: Camera, device: LyingCamera) -> None:
    unplug(device, camera)
    device.serial_number = "LIAR-2"
    device.heard.clear()
    device.plug_in()
    assert not camera.wait_connected(timeout=0.5)
    assert {opcode for opcode, _ in device.heard} <= {Opcode.HEARTBEAT}
    unplug(device, camera)
    device.serial_number = "LIAR-1"
    device.plug_in()
    assert camera.wait_connected(DEADLINE_S)


def test_events_go_on_without_a_gap_or_a_repetition(camera: Camera, device: LyingCamera) -> None:
    seen: list[int] = []
    both = threading.Event()

    def callback(event: object) -> None:
        seen.append(event.number)  # type: ignore[attr-defined]
        if len(seen) == 3:
            both.set()

    def events(frame: Frame) -> None:
        after = int.from_bytes(bytes(frame.payload[:4]), "little")
        device.say(Kind.RSP, frame.id, frame.arg, EventsReply(1, device.events).pack())
        for number in range(after + 1, device.events + 1):
            device.announce(number)

    device.answers[Opcode.EVENTS] = events
    camera.on_event(callback)
    device.events = 1
    device.announce(1)
    until(lambda: seen == [1])
    unplug(device, camera)
    device.events = 3  # two happened meanwhile
    device.plug_in()
    assert both.wait(DEADLINE_S)
    assert seen == [1, 2, 3]


def test_plugged_and_unplugged_many_times(camera: Camera, device: LyingCamera) -> None:
    for number in range(30):
        unplug(device, camera)
        with pytest.raises(OralcamError):
            list(camera.presses())
        device.plug_in()
        assert camera.wait_connected(DEADLINE_S)
        assert camera.link_counters.reconnects == number + 1
