"""The drivers and the keys that each reads: a bench's description is checked against this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from hil_tests.instruments.chart.mounted import MountedTarget
from hil_tests.instruments.colour_target import COLOUR_KEYS, colour_scale_from
from hil_tests.instruments.edge_target import EDGE_KEYS, edge_scale_from
from hil_tests.instruments.emulated.button import EmulatedButton
from hil_tests.instruments.emulated.heater import EmulatedHeater
from hil_tests.instruments.emulated.light_meter import EmulatedLightMeter
from hil_tests.instruments.emulated.power import EmulatedPower
from hil_tests.instruments.emulated.resource import Emulated
from hil_tests.instruments.emulated.targets import (
    COLOUR_FAULTS,
    EDGE_FAULTS,
    FLAT_FAULTS,
    emulated_chart,
    emulated_edge,
    emulated_flat,
)
from hil_tests.instruments.emulated.thermometer import EmulatedThermometer
from hil_tests.instruments.flat_target import FLAT_KEYS, flat_scale_from
from hil_tests.instruments.light_meter import SCALE_KEYS, scale_from
from hil_tests.instruments.mpremote.console import mpremote_port_from
from hil_tests.instruments.parts import Parts
from hil_tests.instruments.rig.button import RigButton
from hil_tests.instruments.rig.heater import RigHeater
from hil_tests.instruments.rig.light_meter import KEYS as RIG_LIGHT_METER_KEYS
from hil_tests.instruments.rig.light_meter import RigLightMeterSetup
from hil_tests.instruments.rig.power import RigPower
from hil_tests.instruments.rig.resource import OnRig
from hil_tests.instruments.rig.strobe_timer import RigStrobeTimer
from hil_tests.instruments.rig.thermometer import RigThermometer
from hil_tests.instruments.thermometer import temperature_scale_from
from hil_tests.instruments.uhubctl.power import uhubctl_port_from
from hil_tests.instruments.vm.host_controller import VmController
from oralcam.files.toml_table import Table


class Resource(Protocol):
    """Where one instrument is and how it is set up: the description's half of it."""

    def open(self, parts: Parts) -> object:
        """Open the instrument itself. Raises `OralcamError` if it does not answer."""


@dataclass(frozen=True)
class Driver:
    """One way to drive an instrument. One that `measures` needs a calibration on a bench of real hardware."""

    read: Callable[[Table], Resource]
    keys: tuple[str, ...] = ()
    measures: bool = False
    on_rig: bool = False


DRIVERS: dict[str, dict[str, Driver]] = {
    "button": {
        "emulated": Driver(lambda _: Emulated(EmulatedButton)),
        "rig": Driver(lambda _: OnRig(RigButton), on_rig=True),
    },
    "edge_target": {
        "emulated": Driver(emulated_edge, (*EDGE_KEYS, *EDGE_FAULTS)),
        "chart": Driver(lambda table: MountedTarget(edge_scale_from(table)), EDGE_KEYS),
    },
    "colour_target": {
        "emulated": Driver(emulated_chart, (*COLOUR_KEYS, *COLOUR_FAULTS)),
        "chart": Driver(lambda table: MountedTarget(colour_scale_from(table)), COLOUR_KEYS, measures=True),
    },
    "flat_target": {
        "emulated": Driver(emulated_flat, (*FLAT_KEYS, *FLAT_FAULTS)),
        "chart": Driver(lambda table: MountedTarget(flat_scale_from(table)), FLAT_KEYS, measures=True),
    },
    "light_meter": {
        "emulated": Driver(
            lambda table: Emulated(partial(EmulatedLightMeter, scale=scale_from(table))), SCALE_KEYS
        ),
        "rig": Driver(
            lambda table: OnRig(RigLightMeterSetup(table).on),
            RIG_LIGHT_METER_KEYS,
            measures=True,
            on_rig=True,
        ),
    },
    "power": {
        "emulated": Driver(lambda _: Emulated(EmulatedPower)),
        "rig": Driver(lambda _: OnRig(RigPower), on_rig=True),
        "uhubctl": Driver(uhubctl_port_from, ("hub", "port")),
    },
    "thermometer": {
        "emulated": Driver(lambda _: Emulated(EmulatedThermometer)),
        "rig": Driver(
            lambda table: OnRig(partial(RigThermometer, scale=temperature_scale_from(table))),
            ("tolerance_k",),
            measures=True,
            on_rig=True,
        ),
    },
    "heater": {
        "emulated": Driver(lambda _: Emulated(EmulatedHeater)),
        "rig": Driver(lambda _: OnRig(RigHeater), on_rig=True),
    },
    "hub": {"uhubctl": Driver(uhubctl_port_from, ("hub", "port"))},
    "host_controller": {"vm": Driver(lambda _: VmController())},
    "service_console": {"mpremote": Driver(mpremote_port_from, ("port",))},
    "strobe_timer": {
        "rig": Driver(
            lambda table: OnRig(
                partial(RigStrobeTimer, threshold_mv=table.whole("threshold_mv", 200, low=1, high=3300))
            ),
            ("threshold_mv",),
            measures=True,
            on_rig=True,
        ),
    },
}
