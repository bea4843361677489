"""One photo on its way to one sink."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Delivery", "State"]


class State(str, Enum):
    """How far a delivery has come."""

    QUEUED = "queued"  # not sent, or not known to have been
    SENT = "sent"  # the sink took it; that it holds it is not proven yet
    CONFIRMED = "confirmed"  # proven
    DEAD = "dead"  # refused, or tried for too long: a person has to look (`oralcam outbox retry`)


@dataclass(frozen=True)
class Delivery:
    """A line of the table. Times are seconds since 1970; `said` tells why the last attempt failed.

    `revision` is the SOP instance UID of the record as it is to be sent: a corrected record has another one.
    """

    record_id: str
    revision: str
    sink: str
    state: State
    attempts: int
    next_at: float
    queued_at: float
    changed_at: float
    said: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The record, the revision and the sink, which tell deliveries apart."""
        return self.record_id, self.revision, self.sink
