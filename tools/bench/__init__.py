"""Measures the budgets of performance.md, each beside its peer in the same run: `python -m tools.bench`."""
