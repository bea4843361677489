"""How true the camera's colours are: an emulated tint tests the measuring, a rig's chart the camera."""

from __future__ import annotations

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.colour_target import ColourTarget
from hil_tests.optics.colour_chart import colour_error
from hil_tests.optics.exposures import mean_light
from hil_tests.report.measurements import Measurements
from oralcam import Camera

pytestmark = pytest.mark.one_transport


def test_a_charts_patches_have_their_colours(
    bench: Bench, camera: Camera, colour_target: ColourTarget, measure: Measurements
) -> None:
    scale = colour_target.scale
    camera.lighting.preset("even", steady=False)
    light = mean_light(camera.capture().array() for _ in range(bench.counts.target_photos))
    error = colour_error(scale.region.of(light), scale.reference)
    measure.value(
        "delta_e_mean", error.mean, "ΔE00", low=scale.delta_e_mean.low, high=scale.delta_e_mean.high
    )
    name, worst = error.worst
    limits = scale.delta_e_worst
    measure.value(f"delta_e_worst: {name}", worst, "ΔE00", low=limits.low, high=limits.high)
