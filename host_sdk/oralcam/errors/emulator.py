"""Errors of the emulator."""

from __future__ import annotations

from oralcam.errors.base import OralcamError


class InvalidScene(OralcamError):
    """The emulator cannot show this file or folder to its sensor."""

    code = "invalid-scene"
    exit_code = 8


class EmulatorError(OralcamError):
    """The emulator could not be started or stopped answering."""

    code = "emulator"
    exit_code = 14
