"""The end of a run: what was measured, with what, and what this bench could not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hil_tests.report.measurement import Measurement

NOT_HERE = "not on this bench: "
NEEDS_HARDWARE = "needs hardware: "


def table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield columns as wide as their widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def measured(measurements: list[Measurement]) -> Iterator[str]:
    """Yield a line for each value, below its test."""
    rows = [
        (f"  {each.name}", f"{each.value:.6g} {each.unit}".strip(), each.limits, each.verdict)
        for each in measurements
    ]
    test = ""
    for each, line in zip(measurements, table(rows), strict=True):
        if each.test != test:
            test = each.test
            yield test
        yield line


def not_counted(skipped: Mapping[str, str]) -> Iterator[str]:
    """Yield tests that did not run, with their reasons.

    A test that has another reason than a bench's is shown too.
    """
    yield from table([(test, reason) for test, reason in skipped.items()])


def as_json(
    bench: str,
    hardware: bool,
    instruments: Mapping[str, str],
    measurements: list[Measurement],
    outcomes: Mapping[str, str],
) -> dict[str, object]:
    """Return all of it for programs."""
    return {
        "bench": bench,
        "hardware": hardware,
        "instruments": dict(instruments),
        "outcomes": dict(outcomes),
        "measurements": [
            {**vars(each), "limits": each.limits, "verdict": each.verdict} for each in measurements
        ],
    }
