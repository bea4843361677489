"""The interface of a sink, and how it fails."""

from __future__ import annotations

from typing import Protocol

from oralcam.errors import RecordError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.record.capture_record import CaptureRecord


class Sink(Protocol):
    """One place that photos go to. Both verbs may be repeated: nothing is there twice afterwards."""

    @property
    def name(self) -> str:
        """The sink's name, given by the person who set it up."""

    def send(self, record: CaptureRecord, jpeg: bytes) -> None:
        """Bring the photo there. Raises `SinkUnavailable` or `SinkRefused`."""

    def confirm(self, record: CaptureRecord, jpeg: bytes) -> bool:
        """Tell whether it is proven that the sink holds the photo; False while it is sent and not yet known.

        Raises as `send` does, `SinkUnproven` for False with a reason, and `SinkLost` if it is proven that it
        does not.
        """

    def close(self) -> None:
        """Close what the sink holds open. It may be used again."""


class SinkError(RecordError):
    """A photo could not be brought where it belongs; it is kept, and `oralcam outbox` shows it."""

    code = "sink"
    exit_code = 18


class SinkUnavailable(SinkError):
    """The sink cannot take a photo now: it does not answer, or is busy. It is tried again by itself."""

    code = "sink-unavailable"


class SinkLost(SinkUnavailable):
    """The sink does not hold what it took: the photo is sent again."""

    code = "sink-lost"


class SinkUnproven(SinkUnavailable):
    """The sink took the photo, and does not say (yet) that it holds it: it is asked again later."""

    code = "sink-unproven"


class SinkRefused(SinkError):
    """The sink answered no, and would answer no again. A person has to look."""

    code = "sink-refused"
