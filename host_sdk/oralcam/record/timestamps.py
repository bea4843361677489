"""Moments with an offset from UTC. A moment without one is a guess, and the record takes none."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone

from oralcam.errors import InvalidRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.errors import RecordError


def now() -> datetime:
    """Return this moment in local time, with its offset from UTC."""
    return datetime.now(timezone.utc).astimezone()


def is_aware(moment: object) -> bool:
    """Tell whether this is a `datetime` with an offset from UTC, in a century in which photos are taken."""
    return isinstance(moment, datetime) and moment.utcoffset() is not None and 1900 <= moment.year < 9000


def settled(moment: datetime, what: str, error: type[RecordError] = InvalidRecord) -> datetime:
    """Return the same moment with an offset that stands by itself.

    Raise `error`, which names `what`, if it has none. In a zone with summer time, Python takes two different
    moments of an autumn night for equal.
    """
    offset = moment.utcoffset() if is_aware(moment) else None
    if offset is None:
        raise error(f"{what} is not a moment with its offset from UTC.")
    return moment.replace(tzinfo=timezone(offset), fold=0)


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC. Raises `InvalidRecord` if it has no offset."""
    return settled(moment, "A moment").astimezone(timezone.utc)


@dataclass(frozen=True)
class HostTime:
    """A moment by both clocks of this computer: the time of day, and the monotonic clock, which is
    never set.
    """

    at: datetime
    monotonic_s: float

    @classmethod
    def now(cls) -> HostTime:
        """Read both clocks."""
        return cls(now(), time.monotonic())

    def set_since(self, before: HostTime) -> float:
        """Return by how many seconds the time of day was set forward (or, negative, back) since `before`."""
        return (utc(self.at) - utc(before.at)).total_seconds() - (self.monotonic_s - before.monotonic_s)
