"""Cameras whose serial numbers look alike on disk share a spool; nothing of one is taken for the other's."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.files.capture_id import capture_id
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from tests.end_to_end.test_losses import state_with_orders

ALIKE = [
    ("OC 1", "OC_1"),
    ("OC_1", "OC 1"),  # the one whose ids were the same before comes first
    ("A" * 40 + " left", "A" * 40 + " right"),  # equal in their first 40 characters
    ("A" * 40, "A" * 41),
    ("oc-1", "OC-1"),  # one name on file systems that take a and A for one letter
    ("Zoë 1", "Zo_ 1"),
]


@pytest.mark.parametrize("serials", ALIKE, ids=" and ".join)
def test_what_each_of_two_cameras_lost_is_reported(
    tmp_path: Path, replay: Path, serials: tuple[str, str]
) -> None:
    spool = tmp_path / "spool"
    for place, serial in enumerate(serials):
        state = state_with_orders(tmp_path / f"state{place}", 2)
        for again in (False, True):
            with (
                Emulator(replay=replay, state=state, serial_number=serial) as emulator,
                Camera(emulator.port, spool=spool) as camera,
            ):
                lost = [(loss.capture_id, loss.press_number) for loss in camera.losses]
                expected = [(capture_id(serial, 1), 1), (capture_id(serial, 2), 2)]
                assert lost == ([] if again else expected)
    assert len(contents_of(Spool(spool)).losses) == 4


@pytest.mark.parametrize("serials", ALIKE[1:3], ids=" and ".join)
def test_photos_of_one_number_lie_side_by_side(
    tmp_path: Path, replay: Path, serials: tuple[str, str]
) -> None:
    for serial in serials:
        with (
            Emulator(replay=replay, serial_number=serial) as emulator,
            Camera(emulator.port, spool=tmp_path / "spool") as camera,
        ):
            events = camera.events(timeout=60)
            photo = camera.capture()
            assert photo.capture_id == capture_id(serial, 1)
            told = next(event for event in events if event.capture_id)
            assert told.capture_id == photo.capture_id
    photos = contents_of(Spool(tmp_path / "spool")).photos
    assert {photo.capture_id: photo.description["serial_number"] for photo in photos} == {
        capture_id(serial, 1): serial for serial in serials
    }
