"""Decisions as plain values: fed with what happened and when, asked for what follows.

Nothing here waits, reads a clock or touches hardware; only `oralcam_protocol.wire` is imported. The same
files run on CPython, so tests and simulations drive what is flashed.
"""
