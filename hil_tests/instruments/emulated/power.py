"""The plug of an emulated camera."""

from __future__ import annotations

from hil_tests.cameras.emulated_camera import EmulatedCamera


class EmulatedPower:
    """The plug of an emulated camera.

    Killing the firmware and hanging up its port is what pulling the plug does.
    """

    def __init__(self, camera: EmulatedCamera) -> None:
        self._emulator = camera.emulator

    def off(self) -> None:
        """Pull the plug."""
        self._emulator.unplug()

    def on(self) -> None:
        """Plug it in and return when the firmware is up."""
        self._emulator.plug_in()
