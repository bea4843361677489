"""Events of a camera: `Event`, `CaptureLost`, and what keeps and delivers them.

Modules without `__all__` are internal.
"""

from __future__ import annotations

from oralcam.events.event import NAMES as NAMES
from oralcam.events.event import CaptureLost as CaptureLost
from oralcam.events.event import Event as Event

__all__ = ["NAMES", "CaptureLost", "Event"]
