"""How the photos of one visit become records: what they have in common, made, kept and queued."""

from __future__ import annotations

from oralcam.record.assignment.quarantine import Quarantine
from oralcam.record.capture_record import VisitIds, make_record
from oralcam.record.mouth.site import Site
from oralcam.record.procedure import Reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from oralcam.outbox.background import BackgroundOutbox
    from oralcam.outbox.delivery import Delivery
    from oralcam.record.assignment.quarantined_photo import QuarantinedPhoto
    from oralcam.record.capture_record import CaptureRecord
    from oralcam.record.mouth.tooth import ToothSystem
    from oralcam.record.order import Order
    from oralcam.record.patient import PatientContext
    from oralcam.record.picture_quality import PictureQuality
    from oralcam.record.procedure import Procedure
    from oralcam.record.store import RecordStore
    from oralcam.record.taken_photo import TakenPhoto
    from oralcam.record.templates import Series, TemplateView
    from oralcam.sinks.sink import Sink


class Filing:
    """The patient, ids, operator and series of one visit, and the store and outbox of its records.

    It keeps no list of photos: `Visit` does. The press router's lock is held while a record is made.
    """

    def __init__(
        self,
        patient: PatientContext,
        store: RecordStore,
        outbox: BackgroundOutbox,
        *,
        order: Order | None = None,
        operator: str = "",
        tooth_system: ToothSystem | None = None,
        sinks: Iterable[Sink] = (),
    ) -> None:
        self.patient = patient
        self.store = store
        self.operator = operator
        self.tooth_system = tooth_system
        self.ids = VisitIds.new(order=order)
        self.series: Series | None = None
        self.is_over = False
        self._outbox = outbox
        self._sinks = outbox.use(sinks)

    @property
    def who(self) -> str:
        """The name that corrections and the audit log bear: the operator's, or this program's."""
        return self.operator or "oralcam"

    def site_of(self, site: Site | str | None) -> Site | None:
        """Return a site that may come as text, parsed. Raises `InvalidSite`."""
        return Site.parse(site, system=self.tooth_system) if isinstance(site, str) else site

    def keep(
        self,
        taken: TakenPhoto,
        jpeg: bytes,
        quality: PictureQuality | None,
        *,
        site: Site | None = None,
        reason: str = "",
        procedure: Procedure | None = None,
        supersedes: str | None = None,
        view: TemplateView | None = None,
    ) -> CaptureRecord:
        """Make the record of a photo and keep both; `view` is the one of the series that it shows.

        Raises `AlreadyRecorded`, `InvalidRecord`, `RecordStoreError`.
        """
        if view is not None and self.series is not None and supersedes is None:
            supersedes = self.series.supersedes(view.name)
        record = make_record(
            taken,
            self.patient,
            self.ids,
            site=site,
            reason=reason,
            procedure=procedure,
            quality=quality,
            operator=self.operator,
            supersedes=supersedes,
        )
        self.store.keep(record, jpeg)
        if view is not None and self.series is not None:
            self.series = self.series.with_photo(view.name, record.record_id)
        return record

    def keep_quarantined(
        self,
        waiting: QuarantinedPhoto,
        quality: PictureQuality | None,
        *,
        who: str,
        why: str,
        site: Site | None,
        reason: str,
        procedure: Procedure | None,
        taken_at: datetime | None,
    ) -> CaptureRecord:
        """Make a photo in quarantine this patient's. Raises as `Visit.file` does."""
        return Quarantine(self.store).file(
            waiting.record_id,
            self.patient,
            who=who,
            why=why,
            visit=self.ids,
            taken_at=taken_at,
            site=site,
            reason=Reason(reason).text if reason else "",
            procedure=procedure,
            quality=quality,
        )

    def queue(self, record: CaptureRecord, *, complete: bool) -> None:
        """Queue a record for the visit's sinks; hold it back until it is `complete` or the visit over.

        A photo that was moved to a patient who is in no chair waits for no visit's end.
        """
        ours = record.visit_id == self.ids.visit_id
        self._outbox.queue(record, self._sinks, hold=ours and not (complete or self.is_over))

    def queue_recorded(self, record_ids: Iterable[str]) -> None:
        """Queue what a killed program recorded and maybe did not queue; harmless if it did."""
        for record_id in record_ids:
            if record_id in self.store.ids():  # and not in quarantine
                self._outbox.queue(self.store.read(record_id), self._sinks)

    def deliveries(self, record_id: str) -> tuple[Delivery, ...]:
        """Return how far a record has come at each sink."""
        return tuple(self._outbox.deliveries(record_id))

    def wait_confirmed(self, record_ids: Iterable[str], timeout: float) -> bool:
        """Wait until every sink has proven that it holds these records; False after `timeout` seconds."""
        return self._outbox.wait_confirmed(record_ids, timeout)
