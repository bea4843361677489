"""From an edge of the button to a photo, in virtual time: exposed at the first edge, bounces thrown away."""

from __future__ import annotations

import pytest

from oralcam_protocol.wire.enums import ErrorCode
from tests.unit.firmware.lab import LIGHT, PHOTO, PRESS, REFUSED, Lab

CLEAN = ((True, 0.05), (False, 0.2))
BOUNCE = ((True, 0.003), (False, 0.2))


def test_a_press_is_exposed_within_eight_milliseconds_of_its_first_edge() -> None:
    with Lab() as lab:
        edge_ms = lab.now_ms
        lab.move(*CLEAN)
        assert lab.exposed_ms[0] - edge_ms <= 8.0
        assert lab.exposed_ms[0] - edge_ms >= 4.0  # the LEDs settle
        assert len(lab.exposed_ms) == 1
        assert lab.told(PRESS) == [(1, 0, 0)]
        assert lab.told(PHOTO) == [(1, 1, 0)]
        assert not lab.hardware.lit


def test_the_light_is_on_for_the_exposure_alone() -> None:
    with Lab() as lab:
        lab.move(*CLEAN)
        (on_ms, lit), (off_ms, dark) = lab.lit
        assert (lit, dark) == (True, False)
        assert 14.0 <= off_ms - on_ms <= 16.0  # 4 ms of settling, 10 of exposure


def test_a_bounce_becomes_nothing() -> None:
    with Lab() as lab:
        lab.move(*BOUNCE)
        assert len(lab.exposed_ms) <= 1
        assert (lab.events, lab.photos) == ([], [])
        assert not lab.hardware.lit
        lab.move(*CLEAN)
        assert [photo.press_number for photo in lab.photos] == [2]  # numbers are skipped, never used twice
        assert lab.told(PRESS) == [(2, 0, 0)]
        content = dict(lab.content)
    with Lab(content) as after:
        assert after.application.losses.counted == 1  # the photo that PSRAM forgot; the bounce was none
        after.move(*CLEAN)
        assert after.photos[0].press_number > 2


def test_the_light_of_a_bounce_is_out_as_soon_as_it_is_known_for_one() -> None:
    with Lab() as lab:
        lab.application.settings.current.exposure_us = 100_000
        lab.move(*BOUNCE)
        (on_ms, _), (off_ms, lit) = lab.lit
        assert not lit
        assert off_ms - on_ms <= 20.0  # a bounce of 3 ms, and 15 in which nothing came


def test_a_bounce_in_the_middle_of_a_press_does_not_spoil_it() -> None:
    with Lab() as lab:
        lab.move((True, 0.002), (False, 0.001), (True, 0.002), (False, 0.001), (True, 0.1), (False, 0.2))
        assert len(lab.exposed_ms) == 1
        assert lab.told(PHOTO) == [(1, 1, 0)]


def test_presses_wait_in_line_and_each_becomes_a_photo_of_its_own_time() -> None:
    with Lab() as lab:
        lab.application.settings.current.exposure_us = 100_000
        for _ in range(3):
            lab.move((True, 0.02), (False, 0.02))
        lab.run(1.0)
        assert [photo.press_number for photo in lab.photos] == [1, 2, 3]
        assert len(lab.exposed_ms) == 3


@pytest.mark.parametrize("when_s", [0.0, 0.01])
def test_a_lock_refuses_the_press_and_says_so(when_s: float) -> None:
    with Lab() as lab:
        lab.application.settings.current.exposure_us = 100_000
        if when_s:
            lab.move((True, when_s))
        lab.hardware.tip_mc = 45_000
        lab.run(0.15)
        lab.move((True, 0.1), (False, 0.2))
        assert lab.told(REFUSED) == [(1, 0, ErrorCode.LIGHT_LOCKED)]
        assert lab.photos == []
        assert not lab.hardware.lit


def test_a_locked_button_does_not_even_flash() -> None:
    with Lab() as lab:
        lab.application.settings.current.button_lock = 1
        lab.move(*CLEAN)
        assert (lab.lit, lab.exposed_ms) == ([], [])
        assert lab.told(REFUSED) == [(1, 0, ErrorCode.BUTTON_LOCKED)]


@pytest.mark.parametrize("kind", ["raise", "silent"])
@pytest.mark.parametrize("call", ["sensor.expose", "sensor.frame"])
def test_a_sensor_that_fails_or_hangs_refuses_the_press_and_is_reset(call: str, kind: str) -> None:
    with Lab() as lab:
        recovered: list[float] = []
        recover = lab.board.sensor.recover

        async def watched() -> None:
            recovered.append(lab.now_ms)
            await recover()

        lab.board.sensor.recover = watched  # type: ignore[method-assign]
        lab.hardware.faults[call] = kind
        lab.move((True, 0.05), (False, 15.0))
        assert lab.told(REFUSED) == [(1, 0, ErrorCode.SENSOR_FAILED)]
        assert len(recovered) == 1
        assert not lab.hardware.lit
        assert lab.application.exposures.sensor_errors == 1
        lab.hardware.faults.clear()
        lab.move(*CLEAN)
        assert lab.told(PHOTO) == [(2, 2, 0)]


def test_light_that_is_cut_off_in_the_middle_is_no_photo() -> None:
    with Lab() as lab:
        lab.application.settings.current.exposure_us = 100_000
        lab.move((True, 0.03))
        lab.hardware.docked = True
        lab.run(0.11)
        lab.hardware.docked = False
        lab.run(0.5)
        assert lab.photos == []
        assert lab.told(REFUSED) == [(1, 0, ErrorCode.LIGHT_LOCKED)]
        assert [code for _, _, code in lab.told(LIGHT)] == [9, 0]


@pytest.mark.parametrize("call", ["store.reserve", "store.write", "store.commit"])
def test_a_store_that_fails_refuses_the_press_and_leaves_its_room(call: str) -> None:
    with Lab() as lab:
        room = lab.board.store.free_bytes()
        lab.hardware.faults[call] = "raise"
        lab.move(*CLEAN)
        assert lab.told(REFUSED) == [(1, 0, ErrorCode.INTERNAL)]
        assert lab.board.store.free_bytes() == room
        lab.hardware.faults.clear()
        lab.run(1.0)
        lab.move(*CLEAN)
        assert len(lab.photos) == 1


def test_records_that_fail_refuse_the_press() -> None:
    with Lab() as lab:
        lab.hardware.faults["records.save"] = "raise"
        lab.move(*CLEAN)
        assert lab.told(REFUSED) == [(0, 0, ErrorCode.INTERNAL)]
        assert (lab.photos, lab.exposed_ms) == ([], [])
        assert not lab.hardware.lit


def test_a_second_frame_that_fails_leaves_no_room_taken() -> None:
    with Lab() as lab:
        room = lab.board.store.free_bytes()
        frames = lab.board.sensor.frame

        async def second_fails() -> object:
            if len(lab.exposed_ms) == 2:
                raise OSError(5)
            return await frames()

        lab.board.sensor.frame = second_fails  # type: ignore[method-assign,assignment]
        order = lab.application.capture._append(lab.application.capture._note(1, 0, 3, None))
        lab.run(1.0)
        assert order.photo is None
        assert lab.board.store.free_bytes() == room


def test_a_capture_of_a_host_takes_the_place_of_what_was_foreseen() -> None:
    with Lab() as lab:
        lab.move((True, 0.002))
        lab.application.capture._append(lab.application.capture._note(1, 0, 1, None))
        lab.move((True, 0.1), (False, 0.3))
        assert sorted(photo.press_number for photo in lab.photos) == [0, 1]
        assert lab.told(REFUSED) == []
        assert not lab.hardware.lit


def test_a_full_queue_refuses_without_a_flash() -> None:
    with Lab() as lab:
        lab.application.queue.capacity = 0
        lab.move(*CLEAN)
        assert lab.told(REFUSED) == [(1, 0, ErrorCode.QUEUE_FULL)]
        assert lab.exposed_ms == []


def test_an_indicator_that_fails_stops_no_photo() -> None:
    with Lab() as lab:
        lab.hardware.faults["indicator.show"] = "raise"
        lab.move(*CLEAN)
        assert len(lab.photos) == 1
        assert lab.application.health.task_restarts == 0


def test_what_is_announced_can_be_told_before_a_photo_of_another_press() -> None:
    with Lab() as lab:
        lab.move(*CLEAN)
        lab.move(*CLEAN)
        numbers = [photo.capture_id for photo in lab.photos]
        assert numbers == [1, 2]
        assert [event[0] for event in lab.events if event[0] in (PRESS, PHOTO)] == [
            PRESS,
            PHOTO,
            PRESS,
            PHOTO,
        ]


def test_a_sensor_that_fails_leaves_no_light_behind_for_a_moment() -> None:
    with Lab() as lab:
        lab.hardware.faults["sensor.expose"] = "raise"
        lab.move(*CLEAN)
        (on_ms, _), (off_ms, lit) = lab.lit
        assert not lit
        assert off_ms - on_ms <= 5.0  # the LEDs settled, then it failed
