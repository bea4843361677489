"""A table of what was measured, for people and as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Verdict = Literal["met", "missed", "reported", "peer missing", "not measured"]

WIDTH = 118


@dataclass(frozen=True)
class Limit:
    """The ratio that a budget allows: at least or at most `value`."""

    value: float
    side: Literal["at least", "at most"]

    def allows(self, ratio: float) -> bool:
        """Tell whether the budget is met."""
        return ratio >= self.value if self.side == "at least" else ratio <= self.value

    def __str__(self) -> str:
        return f"{'>=' if self.side == 'at least' else '<='} {_number(self.value)}"


def at_least(value: float) -> Limit:
    """Return a limit where more is better."""
    return Limit(value, "at least")


def at_most(value: float) -> Limit:
    """Return a limit where less is better."""
    return Limit(value, "at most")


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `ratio` is the median of ratios; without `limit` it is reported and not judged.
    """

    budget: str
    what: str
    ours: str = ""
    peer: str = ""
    ratio: float | None = None
    limit: Limit | None = None
    note: str = ""
    peer_missing: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict in words."""
        if self.peer_missing:
            return "peer missing"
        if self.limit is not None and self.ratio is not None:
            return "met" if self.limit.allows(self.ratio) else "missed"
        return "not measured" if self.ratio is None and not self.ours else "reported"


def peer_missing(budget: str, what: str, ours: str, pip_name: str) -> Row:
    """Return the row of a peer that is not installed."""
    return Row(budget, what, ours, note=f"the peer is missing: pip install {pip_name}", peer_missing=True)


def render(rows: Sequence[Row]) -> str:
    """Return the table, notes numbered below it."""
    notes: list[str] = []
    lines = [("budget", "what", "ours", "peer", "ratio", "limit", "")]
    for row in rows:
        mark = ""
        if row.note:
            if row.note not in notes:
                notes.append(row.note)
            mark = f" [{notes.index(row.note) + 1}]"
        ratio = "" if row.ratio is None else _number(row.ratio)
        limit = "" if row.limit is None else str(row.limit)
        lines.append((row.budget, row.what, row.ours, row.peer, ratio, limit, row.verdict + mark))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    table = [
        "  ".join(text.rjust(width) if column == 4 else text.ljust(width) for column, (text, width) in pairs)
        for pairs in (list(enumerate(zip(line, widths, strict=True))) for line in lines)
    ]
    table.insert(1, "  ".join("-" * width for width in widths))
    for number, note in enumerate(notes, 1):
        table += textwrap.wrap(f"[{number}] {note}", WIDTH, subsequent_indent="    ")
    return "\n".join(line.rstrip() for line in table)


def as_json(rows: Sequence[Row], seed: int, rounds: int) -> str:
    """Return the same as one JSON document."""
    described = [{**asdict(row), "verdict": row.verdict} for row in rows]
    return json.dumps({"seed": seed, "rounds": rounds, "rows": described}, indent=1, ensure_ascii=False)


def _number(value: float) -> str:
    """Return enough digits to compare with a limit, no more."""
    if abs(value) >= 200:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 10 else f"{value:.3f}"
