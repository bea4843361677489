"""Events of a camera: `Event`, `CaptureLost`, and what keeps and delivers them.

Modules without `__all__` are internal.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.events.event import NAMES as NAMES
    from oralcam.events.event import CaptureLost as CaptureLost
    from oralcam.events.event import Event as Event

__all__ = ["NAMES", "CaptureLost", "Event"]


def __getattr__(name: str) -> object:  # dataclasses, and `oralcam info` is in a hurry
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from oralcam.events import event

    value: object = getattr(event, name)
    globals()[name] = value
    return value
