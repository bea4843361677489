"""Deliberate mistakes, each with the test that notices it: `python -m tools.faults.mutants`."""
