"""Decisions as plain values; runs on CPython too."""
