"""Faults of a bench, in one sentence each, before any test runs."""

from __future__ import annotations

from oralcam.errors import OralcamError


class BenchError(OralcamError):
    """The bench cannot be used as it is; the sentence says what to do."""

    code = "bench"
    exit_code = 4  # as pytest's own for wrong use
