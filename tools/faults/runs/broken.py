"""The test-only switch: an acknowledgement that comes before the photo is durable. The runs must notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oralcam.files.capture_id import capture_id
from oralcam.intake.from_wire import as_json, photo_from_wire
from oralcam.intake.intake import Intake

if TYPE_CHECKING:
    from oralcam.link.connection import Connection, Progress
    from oralcam.photo import Photo
    from oralcam_protocol.wire.codec import Photo as WirePhoto

WRITE_BEHIND_S = 1.0  # such programs write "in the background"


def acknowledge_too_early() -> None:
    """Break this process's SDK, for good."""
    Intake._make_durable = _careless  # type: ignore[method-assign]


def _careless(self: Intake, connection: Connection, wire: WirePhoto, progress: Progress | None) -> Photo:
    name = capture_id(connection.hello.serial_number, wire.capture_id)
    with self.spool.begin(name, wire.size) as arrival:
        connection.fetch(wire.capture_id, wire.size, arrival, progress)
        self._acknowledge(connection, wire.capture_id, arrival.digest())
        with connection.monitor as monitor:
            monitor.wait_for(lambda: False, WRITE_BEHIND_S)
        photo = photo_from_wire(wire, connection, name, arrival.digest(), arrival.settle())
        arrival.commit(as_json(photo))
    return photo
