"""The figures of many runs, added up; what a person or a program is told at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tools.faults.runs.verdict import Verdict

MOST_COMPLAINTS = 20


@dataclass
class Summary:
    """Over all runs so far."""

    runs: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    injected: Counter[str] = field(default_factory=Counter)
    failed_calls: Counter[str] = field(default_factory=Counter)
    failures: dict[str, tuple[str, ...]] = field(default_factory=dict)  # complaints by seed

    def add(self, verdict: Verdict) -> None:
        """One more run."""
        outcome = verdict.outcome
        self.runs += 1
        self.counts.update(
            {
                "presses": outcome.presses,
                "accepted": len(outcome.accepted),
                "in the spool": len(outcome.spooled),
                "saved": len(outcome.saved),
                "refused": outcome.refused,
                "reported losses": len(outcome.lost),
                "duplicates": verdict.duplicates,
                "silent losses": verdict.silent_losses,
                "reconnects": outcome.reconnects,
                "calls": outcome.calls,
            }
        )
        self.injected += outcome.injected
        self.failed_calls += outcome.failed_calls
        if verdict.complaints:
            self.failures[outcome.seed] = verdict.complaints

    @property
    def good(self) -> bool:
        """Was every run as it must be?"""
        return not self.failures

    def record(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "runs": self.runs,
            **self.counts,
            "injected": self.injected,
            "failed calls": self.failed_calls,
            "failures": self.failures,
        }

    def text(self, command: str) -> str:
        """For a person; `command` repeats one run, given its seed."""
        lines = [f"{self.runs} runs, {len(self.failures)} of them not as they must be"]
        for title, counts in (
            ("", self.counts),
            ("injected", self.injected),
            ("calls that ended with an error", self.failed_calls),
        ):
            figures = ", ".join(f"{name} {count:,}" for name, count in counts.items())
            lines.append(f"  {title + ': ' if title else ''}{figures or 'none'}")
        for seed, complaints in list(self.failures.items())[:MOST_COMPLAINTS]:
            lines.append(f"  seed {seed}: {'; '.join(complaints)}")
            lines.append(f"    again: {command} --seed {seed} --runs 1")
        return "\n".join(lines)
