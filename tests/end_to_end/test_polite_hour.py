"""An hour of a visit, in virtual time: the camera's memory stays in one piece. CI does so on 32 bits too."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator

MINUTES = 60
HEALTH_A_MINUTE = 240  # a visit looks four times a second
LEAST_BYTES = 16 * 1024


@pytest.mark.timeout(600)
@pytest.mark.unix_board("on its UART the light is on beyond its duty; tests/qemu_arm has the hour")
def test_the_largest_free_block_of_an_hour_of_polite_use(replay: Path, tmp_path: Path) -> None:
    smallest = 1 << 30
    with (
        Emulator(replay=replay) as emulator,
        Camera.open(emulator, spool=tmp_path / "spool") as camera,
    ):
        for minute in range(MINUTES):
            emulator.bench.advance_clock(60 - 1)
            camera.lighting.preset("posterior" if minute % 2 else "even")
            camera.settings.apply(exposure_us=5000 + 100 * minute)
            emulator.bench.press()
            photo = camera.next_press(timeout=60)
            assert photo is not None
            photo.save(tmp_path / "pressed.jpg")
            camera.capture().save(tmp_path / "captured.jpg")
            for _ in range(HEALTH_A_MINUTE):
                health = camera.health()
                smallest = min(smallest, health.heap_largest_bytes)
            camera.lighting.off()
        assert health.photos_accepted == 2 * MINUTES
        assert (health.task_restarts, health.light_locked, emulator.bench.resets) == (0, None, [])
    assert smallest >= LEAST_BYTES
    print(f"smallest heap_largest {smallest}")
