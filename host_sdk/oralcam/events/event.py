"""The events of a camera, as a program sees them."""

from __future__ import annotations

from dataclasses import dataclass

from oralcam.lighting import LOCKS
from oralcam_protocol.wire.enums import ErrorCode, EventType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from oralcam_protocol.wire.codec import Event as WireEvent

NAMES: dict[int, str] = {
    EventType.PRESS: "press",
    EventType.RELEASE: "release",
    EventType.DOUBLE_PRESS: "double_press",
    EventType.LONG_PRESS: "long_press",
    EventType.PHOTO: "photo",
    EventType.REFUSED: "refused",
    EventType.CAPTURE_LOST: "capture_lost",
    EventType.LIGHT: "light",
}
REFUSALS: dict[int, str] = {
    ErrorCode.BUSY: "the camera was busy",
    ErrorCode.QUEUE_FULL: "its photo store was full",
    ErrorCode.LIGHT_LOCKED: "its light was locked for safety",
    ErrorCode.SENSOR_FAILED: "its image sensor failed",
    ErrorCode.BUTTON_LOCKED: "its button was locked",
}
LIGHT: dict[int, str] = {
    **{code: "unlocked" if reason is None else f"locked: {reason}" for code, reason in LOCKS.items()},
    32: "put out: the host was silent",
    33: "put out: nothing was taken for two minutes",
    34: "put out: the exposure did not end",
    35: "less light: the tip is warm",
    36: "an LED of the ring is broken",
    37: "the camera reset itself: a part of its firmware kept failing",
}


@dataclass(frozen=True)
class Event:
    """One event. `number` counts 1, 2, 3 … since the camera started: none is missed, none comes twice.

    `type` is one of the values of `NAMES`, or "event99" for an event that this version does not know.
    """

    number: int
    type: str
    at: datetime | None
    press_number: int | None
    capture_id: str | None
    detail: str


@dataclass(frozen=True)
class CaptureLost:
    """A press or a capture whose photo a reset of the camera took away.

    `press_number` is None if a program had asked for it.
    """

    capture_id: str
    press_number: int | None


def detail_of(event: WireEvent) -> str:
    """Return a few words on why or how."""
    if event.type == EventType.REFUSED:
        return REFUSALS.get(event.code, f"error {event.code}")
    if event.type == EventType.LIGHT:
        return LIGHT.get(event.code, f"locked: {event.code}")
    return ""
