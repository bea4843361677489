"""A rendered target before an emulated camera: what must be measured is known from its making."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from hil_tests.cameras.emulated_camera import EmulatedCamera

Scale = TypeVar("Scale")


class EmulatedTarget(Generic[Scale]):
    """`render` makes the JPEG each time that it is shown."""

    def __init__(self, camera: EmulatedCamera, scale: Scale, render: Callable[[], bytes]) -> None:
        self._camera = camera
        self._scale = scale
        self._render = render

    @property
    def scale(self) -> Scale:
        """As the description says."""
        return self._scale

    def show(self) -> None:
        """Let the sensor see it from the next exposure on."""
        self._camera.look_at(self._render())

    def remove(self) -> None:
        """Let the sensor see the camera's usual photo again."""
        self._camera.look_away()
