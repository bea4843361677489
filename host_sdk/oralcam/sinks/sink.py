"""The interface of a sink, and how it fails."""

from __future__ import annotations

from typing import Protocol

from oralcam.errors import SinkError as SinkError
from oralcam.errors import SinkLost as SinkLost
from oralcam.errors import SinkRefused as SinkRefused
from oralcam.errors import SinkUnavailable as SinkUnavailable
from oralcam.errors import SinkUnproven as SinkUnproven

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.record.capture_record import CaptureRecord

__all__ = ["Sink", "SinkError", "SinkLost", "SinkRefused", "SinkUnavailable", "SinkUnproven"]


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
