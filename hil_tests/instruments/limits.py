"""Between which values a figure of this camera must lie, as the bench's description says."""

from __future__ import annotations

from dataclasses import dataclass

from hil_tests.errors import BenchError
from oralcam.files.toml_table import Table


@dataclass(frozen=True)
class Limits:
    """None: nothing is too low, or too high."""

    low: float | None
    high: float | None


def limits_from(table: Table, key: str) -> Limits:
    """Read `key = { low = 0.1, high = 0.2 }`, of which one may be left out. Raises `BenchError`."""
    inner = table.table(key, ("low", "high"))
    low, high = (inner.number(word) if word in inner else None for word in ("low", "high"))
    if low is None and high is None:
        raise BenchError(
            f"{table.place} {key} needs low, high or both: a figure without limits decides nothing."
        )
    if low is not None and high is not None and low > high:
        raise BenchError(f"{table.place} {key} has low = {low:g} above high = {high:g}: exchange them.")
    return Limits(low, high)
