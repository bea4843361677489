"""An archive's errors in the outbox's words."""

from __future__ import annotations

from contextlib import contextmanager

from oralcam import log
from oralcam.errors import (
    ArchiveError,
    DicomError,
    JpegError,
    NotCommitted,
    SinkLost,
    SinkRefused,
    SinkUnavailable,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from oralcam.record.capture_record import CaptureRecord


@contextmanager
def archive_errors() -> Iterator[None]:
    """Translate an archive's errors.

    Lost means: to be sent again; refused: for a person to look at; all others are tried again by themselves.
    """
    try:
        yield
    except NotCommitted as error:
        raise SinkLost(str(error)) from error
    except ArchiveError as error:
        raise (SinkRefused if error.permanent else SinkUnavailable)(str(error)) from error
    except (DicomError, JpegError) as error:
        raise SinkRefused(str(error)) from error


def tell(record: CaptureRecord, notices: Iterable[str]) -> None:
    """Write to the log what an archive gets otherwise than it left the sensor."""
    for notice in notices:
        log.info("record %s: %s", record.record_id, notice)
