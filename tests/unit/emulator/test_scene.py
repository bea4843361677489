"""The emulated sensor answers to light, and refuses what is no picture."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from oralcam.emulator.scene import ZONES, Exposure, Frame, MouthScene, PictureScene, Replay, Scene, open_scene
from oralcam.errors import InvalidScene

SMALL = (320, 240)
PLACES = {"posterior_right": 0, "anterior": 1, "posterior_left": 2}  # thirds of the picture, left to right


def lit(**light_ma: float) -> Exposure:
    return Exposure({zone: light_ma.get(zone, 0.0) for zone in ZONES}, exposure_us=10_000, gain=1.0)


def everywhere(current_ma: float, exposure_us: int = 10_000, gain: float = 1.0) -> Exposure:
    return Exposure(dict.fromkeys(ZONES, current_ma), exposure_us, gain)


def pixels(frame: Frame) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(frame.jpeg)).convert("RGB"), dtype=float)


def mean(scene: Scene, exposure: Exposure) -> float:
    return float(pixels(scene.expose(exposure)).mean())


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    gradient = np.tile(np.linspace(40, 220, 320).astype(np.uint8)[None, :, None], (240, 1, 3))
    Image.fromarray(gradient).save(path)
    return path


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_brightens_its_own_part_of_the_mouth_most(zone: str) -> None:
    scene = MouthScene(SMALL)
    dark, bright = pixels(scene.expose(lit())), pixels(scene.expose(lit(**{zone: 20.0})))
    before, after = ([third.mean() for third in np.array_split(each, 3, axis=1)] for each in (dark, bright))
    gains = [now - then for now, then in zip(after, before, strict=True)]
    place = PLACES[zone]
    assert gains[place] == max(gains)
    assert after[place] > 2 * before[place]


def test_full_light_is_well_exposed_and_none_is_nearly_dark() -> None:
    scene = MouthScene(SMALL)
    full = pixels(scene.expose(everywhere(20)))
    assert 80 < np.median(full) < 150
    assert (full >= 254).mean() < 0.02
    assert mean(scene, everywhere(0)) < 25


def test_current_exposure_and_gain_each_brighten() -> None:
    scene = MouthScene(SMALL)
    for brighter in (everywhere(10), everywhere(5, exposure_us=20_000), everywhere(5, gain=2.0)):
        assert mean(scene, brighter) > 1.15 * mean(scene, everywhere(5))


def test_noise_grows_with_gain_and_can_be_left_out() -> None:
    def grain(scene: MouthScene, exposure: Exposure) -> float:
        first, second = pixels(scene.expose(exposure)), pixels(scene.expose(exposure))
        return float((first - second).std())

    noisy = MouthScene(SMALL)
    assert grain(noisy, everywhere(2, gain=8.0)) > 1.5 * grain(noisy, everywhere(16, gain=1.0))
    assert grain(MouthScene(SMALL, noise=0), everywhere(10)) == 0


def test_blur_and_motion_soften() -> None:
    def edges(scene: MouthScene) -> float:
        return float(np.abs(np.diff(pixels(scene.expose(everywhere(20))), axis=1)).mean())

    sharp = edges(MouthScene(SMALL, noise=0))
    assert edges(MouthScene(SMALL, noise=0, blur_px=3)) < 0.7 * sharp
    assert edges(MouthScene(SMALL, noise=0, motion_px=8)) < 0.7 * sharp


def test_fog_lifts_what_is_dark_and_takes_contrast() -> None:
    clear, fogged = (pixels(MouthScene(SMALL, fog=fog).expose(everywhere(20))) for fog in (0.0, 0.5))
    assert np.percentile(fogged, 2) > 1.5 * np.percentile(clear, 2)
    assert fogged.std() < 0.7 * clear.std()


def test_one_seed_is_one_mouth() -> None:
    def first(seed: int) -> bytes:
        return MouthScene(SMALL, seed=seed).expose(everywhere(20)).jpeg

    assert first(3) == first(3)
    assert first(3) != first(4)


def test_frames_are_baseline_jpeg_with_half_the_colour() -> None:
    frame = MouthScene(SMALL).expose(everywhere(20))
    assert (frame.width, frame.height) == SMALL
    start = frame.jpeg.index(b"\xff\xc0")  # SOF0: baseline
    assert frame.jpeg[start + 11] == 0x21  # luma sampled 2 x 1: 4:2:2


def test_a_picture_is_relit(picture: Path) -> None:
    scene = PictureScene(picture)
    bright = pixels(scene.expose(everywhere(20)))
    original = np.asarray(Image.open(picture), dtype=float)
    middle = slice(100, 140)
    assert np.corrcoef(bright[middle].mean((0, 2)), original[middle].mean((0, 2)))[0, 1] > 0.7
    assert mean(scene, everywhere(0)) < 25


def test_a_folder_is_shown_one_picture_a_frame(tmp_path: Path, picture: Path) -> None:
    picture.rename(tmp_path / "b.png")
    Image.new("RGB", (64, 48), "white").save(tmp_path / "a.png")
    scene = PictureScene(tmp_path)
    widths = [scene.expose(everywhere(20)).width for _ in range(3)]
    assert widths == [64, 320, 64]


def test_a_replayed_file_is_sent_unchanged_with_its_real_size(tmp_path: Path) -> None:
    frame = MouthScene(SMALL).expose(everywhere(20))
    (tmp_path / "photo.jpg").write_bytes(frame.jpeg)
    assert Replay(tmp_path / "photo.jpg").expose(everywhere(0)) == frame


@pytest.mark.parametrize("kind", ["scene", "replay"])
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("nothing.jpg", None, "There is no picture"),
        ("letter.txt", b"Dear Sir or Madam", "is not a"),
        ("empty.jpg", b"", "is not a"),
        ("folder/readme.txt", b"no picture here", "holds no pictures"),
    ],
)
def test_what_is_no_picture_is_refused_at_the_door(
    tmp_path: Path, kind: str, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidScene, match=sentence):
        open_scene(**{kind: path.parent if "/" in name else path})


@pytest.mark.parametrize("kind", ["scene", "replay"])
def test_a_picture_that_is_cut_short_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "cut.jpg"
    path.write_bytes(MouthScene(SMALL).expose(everywhere(20)).jpeg[:3000])
    with pytest.raises(InvalidScene, match="cut short"):
        open_scene(**{kind: path})


def test_a_scene_and_a_replay_are_too_much(picture: Path) -> None:
    with pytest.raises(InvalidScene, match="either a scene or a replay"):
        open_scene(scene=picture, replay=picture)


@pytest.mark.parametrize("size", [(0, 5), (320, 31), (10_000, 240)])
def test_a_size_that_no_sensor_has_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidScene, match=r"each side must be 32\.\.2592"):
        MouthScene(size)
