"""What an emulated camera looks at can be exchanged, as a target is put before a real one."""

from __future__ import annotations

from oralcam.emulator.scene import Exposure, Frame, Scene


class Stage:
    """A scene that is another one from the next exposure on."""

    def __init__(self, usual: Scene) -> None:
        self._usual = usual
        self._shown = usual

    def show(self, scene: Scene) -> None:
        """Look at this."""
        self._shown = scene

    def clear(self) -> None:
        """Look at the usual scene."""
        self._shown = self._usual

    def expose(self, exposure: Exposure) -> Frame:
        """One frame of what is there."""
        return self._shown.expose(exposure)
