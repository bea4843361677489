"""A target that stands before the camera during the whole run; of those that do not, a bench says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from hil_tests.instruments.parts import Parts

Scale = TypeVar("Scale")


@dataclass(frozen=True)
class MountedTarget(Generic[Scale]):
    """Resource and instrument in one: there is nothing to open."""

    scale: Scale

    def open(self, parts: Parts) -> MountedTarget[Scale]:
        """Return the target itself."""
        del parts
        return self

    def show(self) -> None:
        """Do nothing: it stands before the camera."""

    def remove(self) -> None:
        """Do nothing: it stays there."""
