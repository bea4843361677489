"""How often, how large, how patient: the differences between a fast bench and a slow one."""

from __future__ import annotations

from dataclasses import dataclass, fields

from oralcam.files.toml_table import Table


@dataclass(frozen=True)
class Counts:
    """The table `[counts]` of a bench's description; every key has a default."""

    presses: int = 20  # in a row, each of which must become a photo
    replugs: int = 50  # in a row
    power_cycles: int = 3
    photos: int = 10  # whose transfer is measured
    latencies: int = 10  # presses whose latency is measured
    target_photos: int = 4  # of a target, whose mean is measured
    soak_rounds: int = 25  # of a soak that was given no time
    patience_s: int = 15  # for anything to happen
    heating_s: int = 15  # for a tip to become warm, or to cool


def counts_from(table: Table) -> Counts:
    """Read the counts from the description."""
    defaults = Counts()
    return Counts(**{name: table.whole(name, getattr(defaults, name), low=1) for name in COUNT_KEYS})


COUNT_KEYS = tuple(field.name for field in fields(Counts))
