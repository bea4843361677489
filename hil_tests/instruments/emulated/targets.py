"""Which faults an emulated camera's view of a target has, as the bench's description says."""

from __future__ import annotations

from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.instruments.colour_target import ColourScale, colour_scale_from
from hil_tests.instruments.edge_target import EdgeScale, edge_scale_from
from hil_tests.instruments.emulated.resource import Emulated
from hil_tests.instruments.emulated.target import EmulatedTarget
from hil_tests.instruments.flat_target import FlatScale, flat_scale_from
from hil_tests.optics import rendering
from oralcam.files.toml_table import Table

SIZE = (960, 720)
COLOURS = ("red", "green", "blue")
EDGE_FAULTS, COLOUR_FAULTS, FLAT_FAULTS = ("blur_px",), ("tint",), ("fall_off",)


def emulated_edge(table: Table) -> Emulated:
    """Return an edge blurred by `blur_px`, a Gaussian's sigma."""
    scale, blur_px = edge_scale_from(table), table.number("blur_px", low=0.1, high=10)

    def make(camera: EmulatedCamera) -> EmulatedTarget[EdgeScale]:
        return EmulatedTarget(camera, scale, lambda: rendering.jpeg_of(rendering.edge(*SIZE, blur_px)))

    return Emulated(make)


def emulated_chart(table: Table) -> Emulated:
    """Return a chart whose light is multiplied by `tint`, a factor a colour."""
    scale, tint = colour_scale_from(table), table.numbers("tint", COLOURS)
    factors = (tint["red"], tint["green"], tint["blue"])

    def make(camera: EmulatedCamera) -> EmulatedTarget[ColourScale]:
        def draw() -> bytes:
            chart = rendering.chart(*SIZE, scale.reference, factors)
            return rendering.jpeg_of(rendering.placed(chart, scale.region, *SIZE))

        return EmulatedTarget(camera, scale, draw)

    return Emulated(make)


def emulated_flat(table: Table) -> Emulated:
    """Return even light that is less by `fall_off`, a part of it, in the corners."""
    scale, fall_off = flat_scale_from(table), table.number("fall_off", high=0.9)

    def make(camera: EmulatedCamera) -> EmulatedTarget[FlatScale]:
        return EmulatedTarget(camera, scale, lambda: rendering.jpeg_of(rendering.flat(*SIZE, fall_off)))

    return Emulated(make)
