"""A capture by the host: fresh, verified, durable, acknowledged."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.errors import InvalidSetting, OutputNotWritable, QueueFull, SpoolError
from tests.end_to_end.conftest import next_presses


def test_the_photo_is_the_sensors_bytes(replay: Path, tmp_path: Path) -> None:
    with Emulator(replay=replay) as emulator, Camera.open(emulator) as camera:
        photo = camera.capture()
        assert photo.jpeg == replay.read_bytes()
        assert photo.sha256 == hashlib.sha256(replay.read_bytes()).hexdigest()
        assert (photo.size, photo.width, photo.height) == (300_000, 1600, 1200)
        assert photo.trigger == "host"
        assert photo.press_number is None
        assert photo.capture_id == f"{emulator.serial_number}-000001"
        assert photo.save(tmp_path / "molar.jpg").read_bytes() == replay.read_bytes()


def test_a_photo_is_durable_before_it_is_handed_out_and_leaves_the_spool_when_saved(
    oralcam_camera: Camera, tmp_path: Path
) -> None:
    spool = tmp_path / "spool"
    photo = oralcam_camera.capture()
    assert (spool / f"{photo.capture_id}.jpg").read_bytes() == photo.jpeg
    described = json.loads((spool / f"{photo.capture_id}.json").read_text())
    assert described["sha256"] == photo.sha256
    assert oralcam_camera.health().photos_waiting == 0  # acknowledged: the camera has let go of it
    photo.save(tmp_path / "photo.jpg")
    assert list(spool.iterdir()) == []
    assert photo.jpeg[:2] == b"\xff\xd8"  # still in our hands


def test_a_photo_is_not_saved_onto_itself_and_then_removed(oralcam_camera: Camera, tmp_path: Path) -> None:
    photo = oralcam_camera.capture()
    spooled = tmp_path / "spool" / f"{photo.capture_id}.jpg"
    with pytest.raises(OutputNotWritable, match="the spool's own file"):
        photo.save(spooled)
    assert spooled.read_bytes() == photo.jpeg


def test_a_photo_can_be_saved_on_a_disk_that_the_spool_is_not_on(
    oralcam_camera: Camera, tmp_path: Path, mocker: MockerFixture
) -> None:
    link = mocker.patch("os.link", side_effect=OSError(errno.EXDEV, "Invalid cross-device link"))
    photo = oralcam_camera.capture()
    for name in ("one.jpg", "two.jpg"):  # a second copy is made of what is in our hands
        assert photo.save(tmp_path / name).read_bytes() == photo.jpeg
    assert link.call_count == 2
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_link_is_written_through_and_a_device_is_not_replaced(
    oralcam_camera: Camera, tmp_path: Path
) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "link.jpg").symlink_to(tmp_path / "archive" / "photo.jpg")
    photo = oralcam_camera.capture()
    with pytest.raises(OutputNotWritable, match="is not a file"):
        photo.save(os.devnull)
    photo.save(tmp_path / "link.jpg")
    assert (tmp_path / "link.jpg").is_symlink()
    assert (tmp_path / "archive" / "photo.jpg").read_bytes() == photo.jpeg


def test_a_photo_that_cannot_be_saved_stays_in_the_spool(oralcam_camera: Camera, tmp_path: Path) -> None:
    photo = oralcam_camera.capture()
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OutputNotWritable, match="waits in"):
        photo.save(tmp_path / "file" / "photo.jpg")
    assert (tmp_path / "spool" / f"{photo.capture_id}.jpg").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "spool"]


def test_a_capture_is_exposed_after_the_call(oralcam_camera: Camera) -> None:
    for _ in range(3):
        before = datetime.now(timezone.utc)
        photo = oralcam_camera.capture()
        after = datetime.now(timezone.utc)
        assert photo.taken_at is not None
        assert photo.taken_at_uncertainty_s is not None
        assert photo.taken_at.utcoffset() is not None
        off_by = timedelta(seconds=photo.taken_at_uncertainty_s)
        assert before - off_by <= photo.taken_at <= after + off_by
        assert photo.taken_at_uncertainty_s < 0.1


def test_progress_is_told_up_to_the_last_byte(replay: Path) -> None:
    told: list[tuple[int, int]] = []
    with Emulator(replay=replay) as emulator, Camera.open(emulator) as camera:
        camera.capture(progress=lambda received, size: told.append((received, size)))
    assert told[-1] == (300_000, 300_000)
    assert [received for received, _ in told] == sorted(received for received, _ in told)


def test_the_sharpest_of_several_frames_is_kept(tmp_path: Path) -> None:
    from tests.end_to_end.conftest import jpeg_of

    frames = tmp_path / "frames"
    frames.mkdir()
    for number, size in enumerate((20_000, 50_000, 30_000)):
        (frames / f"{number}.jpg").write_bytes(jpeg_of(size, number))
    with Emulator(replay=frames) as emulator, Camera.open(emulator) as camera:
        photo = camera.capture(sharpest_of=3)
        assert (photo.size, photo.frames_skipped) == (50_000, 2)
        assert photo.jpeg == (frames / "1.jpg").read_bytes()


def test_a_full_store_refuses_and_keeps_what_it_has(replay: Path) -> None:
    with Emulator(replay=replay, store_bytes=700_000) as emulator, Camera.open(emulator) as camera:
        emulator.bench.press(2)
        assert emulator.bench.wait_until(lambda bench: bench.shown.count("taken") == 2)
        with pytest.raises(QueueFull, match="fetch the photos that wait"):
            camera.capture()
        assert [photo.size for photo in next_presses(camera, 2)] == [300_000, 300_000]
        assert camera.capture().size == 300_000


def test_a_spool_that_cannot_be_made_is_said_at_the_door(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolError, match="cannot be made"):
        Camera.open("emulator", spool=tmp_path / "file" / "spool")


def test_a_photo_that_cannot_be_spooled_stays_on_the_camera(replay: Path, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    with Emulator(replay=replay) as emulator, Camera.open(emulator, spool=spool) as camera:
        spool.rmdir()
        emulator.bench.press()
        with pytest.raises(SpoolError, match="the camera keeps"):
            next(camera.presses(timeout=5))
        assert camera.health().photos_waiting == 1
        spool.mkdir()
        assert next(camera.presses(timeout=5)).jpeg == replay.read_bytes()


def test_settings_are_used_and_said(oralcam_camera: Camera) -> None:
    values = oralcam_camera.settings.apply(exposure_us=5000, gain=2.5, jpeg_quality=70)
    assert oralcam_camera.settings.get() == values
    photo = oralcam_camera.capture()
    assert (photo.exposure_us, photo.gain, photo.jpeg_quality) == (5000, 2.5, 70)
    assert photo.settings_revision == values.revision
    with pytest.raises(InvalidSetting, match="gain is 99"):
        oralcam_camera.settings.apply(gain=99)
    assert oralcam_camera.settings.get() == values


def test_the_pixels_are_an_array(oralcam_camera: Camera) -> None:
    photo = oralcam_camera.capture()
    pixels = photo.array()
    assert pixels.shape == (photo.height, photo.width, 3)
    assert pixels.dtype.name == "uint8"
    assert pixels.max() > pixels.min()
