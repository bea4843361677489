"""Checks that stand in rows: each with the sentence that says what is wrong."""

from __future__ import annotations

import math

from oralcam.errors import InvalidRecord


def check(*rows: tuple[bool, str]) -> None:
    """Raises `InvalidRecord` with the words of the first row that does not hold."""
    for good, what in rows:
        if not good:
            raise InvalidRecord(f"{what}.")


def between(low: float, number: float | None, high: float) -> bool:
    """Is a number that may be missing within its limits? NaN and infinity never are."""
    return number is None or (math.isfinite(number) and low <= number <= high)
