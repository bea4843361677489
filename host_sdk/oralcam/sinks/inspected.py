"""A photo on its way to several sinks is looked through once, not again by each sink and for each proof."""

from __future__ import annotations

from oralcam.jpeg import inspect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.jpeg import JpegFacts
    from oralcam.record.capture_record import CaptureRecord

KEPT = 32  # the photos under way; a visit's

_facts: dict[str, JpegFacts] = {}  # by SHA-256, oldest first


def facts_of(record: CaptureRecord, jpeg: bytes) -> JpegFacts:
    """Return what `inspect` says of the record's JPEG.

    The outbox has compared its SHA-256 with the record's.
    """
    facts = _facts.get(record.jpeg_sha256)
    if facts is None or facts.size != len(jpeg):
        facts = _facts[record.jpeg_sha256] = inspect(jpeg)
        for oldest in list(_facts)[:-KEPT]:
            _facts.pop(oldest, None)
    return facts
