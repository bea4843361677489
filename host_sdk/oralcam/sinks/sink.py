"""What a sink is, and how it fails."""

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
        """As the person who set it up calls it."""

    def send(self, record: CaptureRecord, jpeg: bytes) -> None:
        """Bring the photo there. Raises `SinkUnavailable` or `SinkRefused`."""

    def confirm(self, record: CaptureRecord, jpeg: bytes) -> bool:
        """Is it proven that it is held there? False: sent, and not yet known.

        Raises as `send` does, `SinkUnproven` for False with a reason, and `SinkLost` if it is proven that
        it is not.
        """

    def close(self) -> None:
        """Give back what it holds open. It may be used again."""


class SinkError(RecordError):
    """A photo could not be brought where it belongs; it is kept, and `oralcam outbox` shows it."""

    code = "sink"
    exit_code = 18


class SinkUnavailable(SinkError):
    """Not now: it does not answer, or is busy. It is tried again by itself."""

    code = "sink-unavailable"


class SinkLost(SinkUnavailable):
    """It does not hold what it took: it is sent again."""

    code = "sink-lost"


class SinkUnproven(SinkUnavailable):
    """It took it, and does not say (yet) that it holds it: it is asked again later."""

    code = "sink-unproven"


class SinkRefused(SinkError):
    """It answered no; trying the same again brings the same. A person has to look."""

    code = "sink-refused"
