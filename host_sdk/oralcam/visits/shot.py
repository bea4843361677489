"""A photo in its patient's record, as a program holds it."""

from __future__ import annotations

from oralcam.errors import RecordError
from oralcam.record import PatientContext, Reason
from oralcam.record.corrections import relinked, with_orientation, with_procedure, with_reason, with_site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from oralcam.outbox.delivery import Delivery
    from oralcam.record import CaptureRecord, PictureQuality, Procedure, Site
    from oralcam.visits.filing import Filing

    class AnotherVisit(Protocol):
        """A `Visit`, to which a photo can be moved."""

        filing: Filing

        def adopt(self, shot: Shot) -> None:
            """Take the photo into the visit's own."""


class Shot:
    """A photo in its patient's record. `record` is the newest state of it."""

    def __init__(self, filing: Filing, record: CaptureRecord) -> None:
        self._filing = filing
        self.record = record

    @property
    def jpeg(self) -> bytes:
        """As it left the sensor."""
        return self._filing.store.jpeg(self.record.record_id)

    @property
    def quality(self) -> PictureQuality | None:
        """How good the picture is, and what to do if it is not; None without the extra `oralcam[image]`."""
        return self.record.quality

    @property
    def complete(self) -> bool:
        """Are site and reason said? Then it is sent; the others are when the visit ends."""
        return self.record.site is not None and bool(self.record.reason)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """How far it has come at each sink; it is queued until it is complete, or the visit over."""
        return self._filing.deliveries(self.record.record_id)

    def describe(
        self,
        *,
        site: Site | str | None = None,
        reason: str | None = None,
        procedure: Procedure | None = None,
        orientation: int | None = None,
    ) -> CaptureRecord:
        """Say after the press what the photo shows and why; what was said before stays in the history.

        Raises `InvalidSite`, `InvalidRecord`.
        """
        filing, who = self._filing, self._filing.who
        record = self.record
        if site is not None:
            record = with_site(record, filing.site_of(site), who=who)
        if reason is not None:
            record = with_reason(record, Reason(reason).text, who=who)
        if procedure is not None:
            record = with_procedure(record, procedure, who=who)
        if orientation is not None:
            record = with_orientation(record, orientation, who=who)
        if record is not self.record:
            filing.store.change(self.record, record)
            self.record = record
            self.queue()
        return record

    def relink(self, to: PatientContext | AnotherVisit, *, who: str, why: str) -> CaptureRecord:
        """The photo is somebody else's: a patient's, in a visit of its own, or of another visit that goes on.

        It leaves this visit's shots and goes out anew; the history says who moved it, why, and from where.
        Raises `InvalidRecord` without `who` or `why`, or if it is that patient's already.
        """
        before = self._filing
        if isinstance(to, PatientContext):
            record = relinked(self.record, to, who=who, why=why)
        elif to.filing.store.folder == before.store.folder:
            record = relinked(self.record, to.filing.patient, who=who, why=why, visit=to.filing.ids)
        else:
            raise RecordError("That visit keeps its records in another store: a photo cannot be moved there.")
        before.store.change(self.record, record)
        self.record = record
        if not isinstance(to, PatientContext):
            self._filing = to.filing
            to.adopt(self)
        self.queue()
        return record

    def queue(self) -> None:
        """Queue the newest state for the sinks; it is held back while site or reason are missing."""
        self._filing.queue(self.record, complete=self.complete)

    def __repr__(self) -> str:
        return f"<Shot {self.record.record_id}>"
