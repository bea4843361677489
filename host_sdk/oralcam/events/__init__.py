"""What happens on the camera: `Event`, `CaptureLost`, and what keeps and delivers them."""

from __future__ import annotations

from oralcam.events.event import NAMES as NAMES
from oralcam.events.event import CaptureLost as CaptureLost
from oralcam.events.event import Event as Event
