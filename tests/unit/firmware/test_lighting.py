"""The light as a host asks for it, in virtual time: requests, goodbye, silence, failing services."""

from __future__ import annotations

import pytest

from camera_app.services.failure import Failure
from oralcam_protocol.wire.codec import HelloReply, HelloRequest, LightRequest
from oralcam_protocol.wire.enums import ErrorCode, Kind, LightAlarm, LightLock, Opcode
from oralcam_protocol.wire.frame import Decoder, encode_frame
from tests.unit.firmware.lab import LIGHT, PHOTO, Lab

EVEN = LightRequest(1, [600, 600, 600]).pack()


class Host:
    """Speaks frames to the lab's camera."""

    def __init__(self, lab: Lab) -> None:
        self._link = lab.board.link
        self._link.say(encode_frame(Kind.HELLO, payload=HelloRequest(7, 1, 1, 65_536, 4096).pack()))
        lab.run(0.01)
        frame = Decoder().feed(bytes(self._link.to_host))[0]
        self._session = HelloReply.unpack(bytes(frame.payload)).session
        self._id = 0
        self._link.to_host.clear()

    def ask(self, opcode: int, payload: bytes = b"") -> None:
        """A request; the answer is not waited for."""
        self._id += 1
        self._link.say(encode_frame(Kind.REQ, self._session, self._id, opcode, payload))


def test_light_lasts_while_the_host_is_heard_and_three_seconds_longer() -> None:
    with Lab() as lab:
        host = Host(lab)
        host.ask(Opcode.LIGHT_SET, EVEN)
        for _ in range(8):
            lab.run(1.0)
            host.ask(Opcode.HEARTBEAT)
            assert lab.hardware.lit
        lab.run(2.9)
        assert lab.hardware.lit
        lab.run(0.4)
        assert not lab.hardware.lit
        assert lab.told(LIGHT) == [(0, 0, LightAlarm.HOST_SILENT)]


def test_goodbye_is_dark() -> None:
    with Lab() as lab:
        host = Host(lab)
        host.ask(Opcode.LIGHT_SET, EVEN)
        lab.run(0.05)
        assert lab.hardware.lit
        host.ask(Opcode.GOODBYE)
        lab.run(0.05)
        assert not lab.hardware.lit


def test_a_link_that_is_closed_is_dark_without_waiting() -> None:
    with Lab() as lab:
        host = Host(lab)
        host.ask(Opcode.LIGHT_SET, EVEN)
        lab.run(0.5)
        assert lab.hardware.lit
        lab.board.link.opened = lambda: False  # type: ignore[method-assign]
        lab.run(0.25)
        assert not lab.hardware.lit


@pytest.mark.parametrize("levels", [[2000, 0, 0], [0, 0, 65_535], [500, 500], [500] * 4])
def test_levels_that_are_none_are_refused_and_change_nothing(levels: list[int]) -> None:
    with Lab() as lab:
        lab.light(600, steady=True)
        request = lab.application.lighting.set(LightRequest(1, levels).pack())
        with pytest.raises(Failure) as raised:
            request.send(None)
        assert raised.value.code == ErrorCode.OUT_OF_RANGE
        assert lab.application.lighting.safety.levels_permille == [600] * 3


def test_thousands_of_light_requests_a_second_keep_no_check_waiting() -> None:
    with Lab() as lab:
        host = Host(lab)
        for _ in range(5000):
            host.ask(Opcode.LIGHT_SET, EVEN)
        lab.hardware.tip_mc = 45_000
        lab.run(0.3)
        assert not lab.hardware.lit
        assert lab.told(LIGHT) == [(0, 0, LightLock.TOO_WARM)]


def test_what_a_host_said_before_it_stopped_reading_is_carried_out_at_once() -> None:
    with Lab() as lab:
        host = Host(lab)
        for _ in range(400):
            host.ask(Opcode.HEALTH)
        host.ask(Opcode.LIGHT_SET, EVEN)
        lab.run(1.5)
        assert lab.application.lighting.safety.steady
        lab.run(4.0)
        assert not lab.hardware.lit


def test_a_fault_of_the_ring_is_shown() -> None:
    with Lab() as lab:
        shown: list[str] = []
        lab.board.indicator.show = shown.append  # type: ignore[method-assign,assignment]
        lab.hardware.ring_faults = 2
        lab.run(0.3)
        assert shown == ["fault"]
        assert lab.told(LIGHT) == [(0, 0, LightLock.RING_FAULT)]


def test_light_that_is_refused_for_an_exposure_does_not_come_by_itself_later() -> None:
    with Lab() as lab:
        lab.hardware.docked = True
        lab.move((True, 0.05), (False, 0.05))
        lab.hardware.docked = False
        lab.run(0.5)
        assert not lab.hardware.lit
        assert not any(lit for _, lit in lab.lit)
        assert lab.told(PHOTO) == []


def test_a_service_that_fails_five_times_in_a_row_resets_the_board_and_that_is_said_once() -> None:
    content: dict[str, bytes] = {}
    with Lab(content) as lab:
        lab.hardware.faults["button.take_edge"] = "raise"
        lab.board.finger.move(True)
        with pytest.raises(SystemExit):
            lab.run(5.0)
        assert lab.application.health.task_restarts == 5
    for told in ([(0, 0, LightAlarm.RESTARTED)], []):
        with Lab(content) as lab:
            Host(lab)
            assert lab.told(LIGHT) == told
            assert ("button" in lab.application.log.tail(1000)) == bool(told)


def test_a_service_that_fails_now_and_then_resets_nothing() -> None:
    with Lab() as lab:
        for _ in range(12):
            lab.hardware.faults["button.take_edge"] = "raise"
            lab.board.finger.move(True)
            lab.run(0.1)
            lab.hardware.faults.clear()
            lab.run(11.0)
        assert lab.application.health.task_restarts == 12
