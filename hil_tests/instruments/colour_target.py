"""A colour chart, to see how true the camera's colours are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from hil_tests.errors import BenchError
from hil_tests.instruments.limits import Limits, limits_from
from hil_tests.instruments.region import region_from
from hil_tests.optics.colour_chart import ChartReference, reference_from
from hil_tests.optics.region import Region
from oralcam.files.toml_table import Table

COLOUR_KEYS = ("region", "reference", "columns", "delta_e_mean", "delta_e_worst")
HERE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class ColourScale:
    """Where the patches are in the picture, what they were measured to be, and limits in ΔE00."""

    region: Region
    reference: ChartReference
    delta_e_mean: Limits
    delta_e_worst: Limits


def colour_scale_from(table: Table) -> ColourScale:
    """From the description of a colour target; its `reference` is a CSV file here or below hil_tests."""
    named = table.text("reference")
    path = next((path for path in (Path(named), HERE / named) if path.is_file()), Path(named))
    try:
        reference = reference_from(path, table.whole("columns", low=1, high=100))
    except BenchError as error:
        raise BenchError(f"{table.place} {error}") from error
    return ColourScale(
        region=region_from(table),
        reference=reference,
        delta_e_mean=limits_from(table, "delta_e_mean"),
        delta_e_worst=limits_from(table, "delta_e_worst"),
    )


@runtime_checkable
class ColourTarget(Protocol):
    """Patches of measured colours, in rows."""

    @property
    def scale(self) -> ColourScale:
        """What is expected of its picture."""

    def show(self) -> None:
        """Have it before the camera."""

    def remove(self) -> None:
        """Have the usual view before the camera again."""
