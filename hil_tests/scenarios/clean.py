"""A camera as if nobody had used it before."""

from __future__ import annotations

from pathlib import Path

from hil_tests.bench.bench import Bench
from hil_tests.instruments.power_switch import PowerSwitch
from oralcam import Camera

EXPOSURE_US = 10_000
QUALITY = 85


def clean(bench: Bench, spool: Path) -> None:
    """Bring the camera to its start: power on, dark, default settings, no photo waiting, no loss
    unreported.
    """
    power = bench.instrument("power")
    if isinstance(power, PowerSwitch):
        power.on()
    with Camera(next(iter(bench.camera.ports.values())), spool=spool) as camera:
        bench.until(lambda: camera.health().light_locked is None, "cool enough", bench.counts.heating_s)
        camera.settings.apply(exposure_us=EXPOSURE_US, gain=1.0, jpeg_quality=QUALITY, button_locked=False)
        while camera.next_press(0) is not None:
            pass
        camera.lighting.preset("even", steady=False)
