"""One photo of a contact sheet."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.quality import QualityReport
    from oralcam.record import CaptureRecord


@dataclass(frozen=True)
class SheetPhoto:
    """A photo as it is shown; `quality` is None if nobody judged it.

    `confirmed` names the sinks that have proven that they hold it, `waiting` those that have not yet.
    """

    record: CaptureRecord
    jpeg: bytes
    quality: QualityReport | None = None
    confirmed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
