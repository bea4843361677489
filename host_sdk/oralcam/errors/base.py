"""The base of all errors, and what any part of the package may raise."""

from __future__ import annotations


class OralcamError(Exception):
    """Base of every error of this package.

    `code` never changes between versions; `exit_code` is what the command line ends with.
    """

    code = "error"
    exit_code = 1
    __module__ = "oralcam.errors"  # as programs name it, and tracebacks tell it

    def __init_subclass__(cls) -> None:
        if cls.__module__.startswith("oralcam.errors."):
            cls.__module__ = "oralcam.errors"


class MissingExtra(OralcamError):
    """A feature needs an optional package that is not installed."""

    code = "missing-extra"
    exit_code = 15


class OutputNotWritable(OralcamError):
    """A photo cannot be written where it was wanted; it stays in the spool."""

    code = "output-not-writable"
    exit_code = 9


class InvalidSetting(OralcamError):
    """A setting or a light level lies outside its range, or has no such name."""

    code = "invalid-setting"
    exit_code = 2


class SpoolError(OralcamError):
    """The private folder for arriving photos cannot be used; the camera keeps the photo."""

    code = "spool"
    exit_code = 13


class NotATrace(OralcamError):
    """A file that should be a trace is not one, or is damaged, or cannot be read."""

    code = "not-a-trace"
    exit_code = 2
