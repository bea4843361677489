"""Pictures for the emulated sensor, and a home folder that is nobody's."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from oralcam import Camera, Photo

DEADLINE_S = 60.0  # for a machine that does much else


def jpeg_of(size: int, seed: int = 1) -> bytes:
    """`size` bytes: a baseline JPEG header (1600 x 1200) and noise, enough for all but a decoder."""
    head = bytes.fromhex("ffd8ffc0001108" + "04b0" + "0640" + "03012100021101031101")
    body = random.Random(seed).randbytes(size - len(head) - 2).replace(b"\xff", b"\xfe")
    return head + body + b"\xff\xd9"


def next_presses(camera: Camera, count: int) -> list[Photo]:
    """The photos of the next `count` presses, each waited for; there is no other one."""
    photos: list[Photo] = []
    for _ in range(count):
        photo = camera.next_press(DEADLINE_S)
        assert photo is not None, f"{len(photos)} of {count} presses came"
        photos.append(photo)
    assert camera.next_press(0) is None
    return photos


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the spool of the person who runs it."""
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))


@pytest.fixture
def replay(tmp_path: Path) -> Path:
    """A photo of 300 kB for `--replay`."""
    path = tmp_path / "replay.jpg"
    path.write_bytes(jpeg_of(300_000))
    return path
