"""Measures each budget beside its peer in the same run: `python -m tools.benchmarks`."""
