"""The parts of a bench that instruments may reach for when they are opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hil_tests.cameras.camera_under_test import CameraUnderTest

if TYPE_CHECKING:
    from hil_tests.rig.controller import RigController


@dataclass(frozen=True)
class Parts:
    """The camera, and the rig controller if the bench has one."""

    camera: CameraUnderTest
    rig: RigController | None = None
