"""Calibration: how long an instrument may be believed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from hil_tests.errors import BenchError
from oralcam.files.toml_table import Table

KEYS = ("calibrated", "valid_for_days")


@dataclass(frozen=True)
class Calibration:
    """A calibration that was done on a day, and is good for so many days."""

    calibrated: datetime.date
    valid_for_days: int

    @property
    def due(self) -> datetime.date:
        """The last day on which its measurements count."""
        return self.calibrated + datetime.timedelta(days=self.valid_for_days)

    def __str__(self) -> str:
        return f"calibrated {self.calibrated}, due {self.due}"


def calibration_of(table: Table, today: datetime.date) -> Calibration:
    """Read the calibration from the description.

    Raises `BenchError` if it is overdue or lies in the future.
    """
    calibration = Calibration(table.date("calibrated"), table.whole("valid_for_days", low=1, high=3660))
    if calibration.calibrated > today:
        raise BenchError(
            f"{table.place} calibrated = {calibration.calibrated} lies in the future (today is {today}): "
            "correct the date, or this computer's clock."
        )
    if calibration.due < today:
        raise BenchError(
            f"{table.place} the calibration ran out on {calibration.due}: have the instrument calibrated, "
            "then write the new date into calibrated."
        )
    return calibration
