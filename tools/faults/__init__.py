"""Faults on purpose: of cables, power, sessions, light, bytes and of the code itself (`mutants`)."""
