"""How even the picture is: an emulated fall-off tests the measuring, a white target the camera."""

from __future__ import annotations

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.flat_target import FlatTarget
from hil_tests.optics.exposures import mean_light
from hil_tests.optics.flat_field import flat_field
from hil_tests.optics.linear_light import luminance
from hil_tests.report.measurements import Measurements
from oralcam import Camera

pytestmark = pytest.mark.one_transport


def test_an_even_target_looks_as_even_as_it_should(
    bench: Bench, camera: Camera, flat_target: FlatTarget, measure: Measurements
) -> None:
    scale = flat_target.scale
    camera.lighting.preset("even", steady=False)
    evenness = flat_field(
        luminance(mean_light(camera.capture().array() for _ in range(bench.counts.target_photos)))
    )
    uniformity, vignetting = scale.uniformity, scale.vignetting
    measure.value("uniformity", evenness.uniformity, "", low=uniformity.low, high=uniformity.high)
    measure.value("vignetting", evenness.vignetting, "", low=vignetting.low, high=vignetting.high)
