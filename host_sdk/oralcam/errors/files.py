"""Errors of the files in which this package keeps photos and traces."""

from __future__ import annotations

from oralcam.errors.base import OralcamError


class SpoolError(OralcamError):
    """The private folder for arriving photos cannot be used; the camera keeps the photo."""

    code = "spool"
    exit_code = 13


class NotATrace(OralcamError):
    """A file that should be a trace is not one, or is damaged, or cannot be read."""

    code = "not-a-trace"
    exit_code = 2
