"""The measurements of a test: into the JUnit file, into the table at the end, and held against its limits."""

from __future__ import annotations

from collections.abc import Callable

from hil_tests.report.measurement import Measurement


class Measurements:
    """The fixture `measure` of one test; `kept` collects over all tests of a run."""

    def __init__(
        self, test: str, hardware: bool, kept: list[Measurement], record: Callable[[str, object], None]
    ) -> None:
        self._test = test
        self._hardware = hardware
        self._kept = kept
        self._record = record

    def value(
        self, name: str, value: float, unit: str, *, low: float | None = None, high: float | None = None
    ) -> None:
        """Keep a quantity whose limits hold on every bench; fail if it does not keep them."""
        self._take(Measurement(self._test, name, value, unit, low, high))

    def timing(
        self, name: str, value: float, unit: str, *, low: float | None = None, high: float | None = None
    ) -> None:
        """Keep a time or a rate.

        An emulator's tells nothing of a camera, so limits count on hardware only.
        """
        self._take(Measurement(self._test, name, value, unit, low, high, judged=self._hardware))

    def _take(self, measurement: Measurement) -> None:
        self._kept.append(measurement)
        self._record(measurement.name, f"{measurement.value:.6g}")
        self._record(f"{measurement.name}.unit", measurement.unit)
        if measurement.limits:
            self._record(f"{measurement.name}.limits", measurement.limits)
            self._record(f"{measurement.name}.verdict", measurement.verdict)
        assert measurement.within or not measurement.judged, f"{measurement}"
