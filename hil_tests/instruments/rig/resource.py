"""The place of a rig's instrument: it is on the rig controller that `[rig]` describes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hil_tests.errors import BenchError
from hil_tests.instruments.parts import Parts
from hil_tests.rig.controller import RigController


@dataclass(frozen=True)
class OnRig:
    """An instrument on the rig; `make` is called with the bench's rig controller."""

    make: Callable[[RigController], object]

    def open(self, parts: Parts) -> object:
        """Open the instrument. Raises `BenchError` if the bench has no rig."""
        if parts.rig is None:
            raise BenchError('driver = "rig" needs the table [rig]: add it.')
        return self.make(parts.rig)
