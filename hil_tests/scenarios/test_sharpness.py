"""How sharp the camera is: an emulated blur tests the measuring, a rig's edge the camera."""

from __future__ import annotations

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.edge_target import EdgeTarget
from hil_tests.optics.exposures import mean_light
from hil_tests.optics.linear_light import check_range, luminance
from hil_tests.optics.slanted_edge import slanted_edge
from hil_tests.report.measurements import Measurements
from oralcam import Camera

pytestmark = pytest.mark.one_transport


def test_an_edge_is_as_sharp_as_this_camera_should_be(
    bench: Bench, camera: Camera, edge_target: EdgeTarget, measure: Measurements
) -> None:
    camera.lighting.preset("even", steady=False)
    light = mean_light(camera.capture().array() for _ in range(bench.counts.target_photos))
    light = edge_target.scale.region.of(light)
    check_range(light)
    response = slanted_edge(luminance(light))
    limits = edge_target.scale.mtf50
    measure.value("mtf50", response.mtf50, "cycles/px", low=limits.low, high=limits.high)
    measure.value("edge_angle", response.angle, "°")
