"""One measured value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """A value with its unit and its limits, if it has any; `judged` tells whether they decide the test."""

    test: str
    name: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    judged: bool = True

    @property
    def within(self) -> bool:
        """True if the value keeps its limits."""
        above = self.low is None or self.value >= self.low
        return above and (self.high is None or self.value <= self.high)

    @property
    def limits(self) -> str:
        """The limits in words; "" if there are none."""
        if self.low is not None and self.high is not None:
            return f"{self.low:g} to {self.high:g}"
        if self.low is not None:
            return f"at least {self.low:g}"
        return "" if self.high is None else f"at most {self.high:g}"

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        if not self.limits:
            return "recorded"
        if not self.judged:
            return "not judged here"
        return "kept" if self.within else "NOT KEPT"

    def __str__(self) -> str:
        limits = f" ({self.limits}: {self.verdict})" if self.limits else ""
        return f"{self.name} = {self.value:.6g} {self.unit}{limits}"
