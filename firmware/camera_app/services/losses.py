"""Captures that a reset took away: written down before, announced after, reported until a host knows."""

from camera_app.core.ledger import Ledger
from camera_app.hal import Records
from camera_app.services.clock import Clock
from camera_app.services.events import Events
from camera_app.services.indicator import LOST, IndicatorService
from camera_app.services.stored import StoredRecord
from oralcam_protocol.wire.codec import Loss, LossesReply, LossesRequest, LossKnownRequest
from oralcam_protocol.wire.enums import EventType

PAGE = 16


class Losses:
    """The ledger and where it is kept."""

    def __init__(self, records: Records, held: "list[int]") -> None:
        self._record = StoredRecord(records, "ledger")
        self._ledger = Ledger(self._record.data, held)
        self._behind = False  # a save failed: what is stored is older than what is so
        self.counted = len(self._ledger.lost)  # since the camera started
        if self._ledger.pack() != self._record.data:
            self._save()  # what is held now must not look lost once it has been acknowledged

    @property
    def unknown(self) -> int:
        """Losses that no host knows of."""
        return len(self._ledger.lost)

    def announce(self, events: Events, clock: Clock, indicator: IndicatorService) -> None:
        """Say what the last reset took, and what no host has heard of since earlier ones."""
        for capture_id, press_number in self._ledger.after(0, self.unknown):
            events.announce(EventType.CAPTURE_LOST, clock.now_us(), press_number, capture_id)
        if self.unknown:
            indicator.show(LOST)

    def begin(self, capture_id: int, press_number: int) -> None:
        """A photo was ordered. Stored before it is exposed: from here on it cannot vanish silently.

        Raises OSError if it cannot be stored; then there must be no such order.
        """
        self._ledger.begin(capture_id, press_number)
        try:
            self._save()
        except OSError:
            self._ledger.settle(capture_id)
            raise

    def settle(self, capture_id: int) -> None:
        """It is safe, or it was refused and that was said. A failed save is made good by the next call."""
        if self._ledger.settle(capture_id) or self._behind:
            self._save()

    async def list(self, payload: bytes) -> LossesReply:
        """REQ LOSSES."""
        request = LossesRequest.unpack(payload)
        losses = [Loss(*loss) for loss in self._ledger.after(request.after, PAGE)]
        return LossesReply(self._ledger.forgotten, losses)

    async def known(self, payload: bytes) -> None:
        """REQ LOSS_KNOWN; a repetition is harmless."""
        if self._ledger.known(LossKnownRequest.unpack(payload).capture_id) or self._behind:
            self._save()

    def _save(self) -> None:
        self._behind = True
        self._record.save(self._ledger.pack())
        self._behind = False
