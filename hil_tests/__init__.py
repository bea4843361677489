"""Behaviours of a camera, stated once and run on every bench."""
