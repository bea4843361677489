"""A record that was changed, or filed by a person, goes to its sinks (again) without a visit under way."""

from __future__ import annotations

import time
from pathlib import Path

from oralcam.outbox.delivery_table import DeliveryTable
from oralcam.sinks.sinks_toml import sink_names, sinks_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from oralcam.record.capture_record import CaptureRecord

__all__ = ["queue_again"]


def queue_again(home: str | os.PathLike[str], record: CaptureRecord) -> tuple[str, ...]:
    """Queue the record for its sinks and return their names.

    They are the sinks that are set up below `home`, and those that had the record before. The next visit
    sends it, or `oralcam outbox run`. Raises `OutboxError`, `InvalidSinks`.
    """
    names = set(sink_names(sinks_file(home)))
    file = Path(home) / "outbox" / "outbox.sqlite"
    if not names and not file.exists():
        return ()
    with DeliveryTable(file) as table:
        names.update(delivery.sink for delivery in table.deliveries(record.record_id))
        table.queue(record.record_id, record.sop_uid, sorted(names), time.time())
    return tuple(sorted(names))
