"""A hand on an emulated camera's button."""

from __future__ import annotations

from hil_tests.cameras.emulated_camera import EmulatedCamera


class EmulatedButton:
    """A button that is pressed over the bench channel."""

    def __init__(self, camera: EmulatedCamera) -> None:
        self._bench = camera.emulator.bench

    def press(self, hold_ms: int = 40) -> None:
        """Press the button and let go."""
        self._bench.press(hold_s=hold_ms / 1000)

    def down(self) -> None:
        """Hold the button down."""
        self._bench.button_down()

    def up(self) -> None:
        """Let go of the button."""
        self._bench.button_up()
