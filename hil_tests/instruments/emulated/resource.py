"""The place of an emulated instrument: it is where the emulated camera is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.errors import BenchError
from hil_tests.instruments.parts import Parts


@dataclass(frozen=True)
class Emulated:
    """An emulated instrument; `make` is called with the bench's emulated camera."""

    make: Callable[[EmulatedCamera], object]

    def open(self, parts: Parts) -> object:
        """Open the instrument. Raises `BenchError` if the bench's camera is a real one."""
        if not isinstance(parts.camera, EmulatedCamera):
            raise BenchError(
                'driver = "emulated" is for emulated cameras: name what drives the real instrument.'
            )
        return self.make(parts.camera)
