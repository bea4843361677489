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

        _filing: Filing

        def _adopt(self, shot: Shot) -> None:
            """Take the photo into the visit's own."""


class Shot:
    """A photo in its patient's record. `record` is the newest state of it."""

    def __init__(self, filing: Filing, record: CaptureRecord) -> None:
        """Internal: visits make them."""  # noqa: D401
        self._filing = filing
        self.record = record

    @property
    def jpeg(self) -> bytes:
        """The JPEG's bytes as they left the sensor."""
        return self._filing.store.jpeg(self.record.record_id)

    @property
    def quality(self) -> PictureQuality | None:
        """How good the picture is, and what to do if it is not; None without the extra `oralcam[image]`."""
        return self.record.quality

    @property
    def complete(self) -> bool:
        """True if site and reason are given.

        A complete photo is sent at once, the others when the visit ends.
        """
        return self.record.site is not None and bool(self.record.reason)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """How far the photo has come at each sink. It is queued until it is complete, or the visit over."""
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
            self._queue()
        return record

    def relink(self, to: PatientContext | AnotherVisit, *, who: str, why: str) -> CaptureRecord:
        """Move the photo to another patient: in a visit of its own, or in another visit that goes on.

        It leaves this visit's shots and is sent again; the history says who moved it, why, and from where.
        Raises `InvalidRecord` without `who` or `why`, or if it is that patient's already, and `RecordError`
        if the other visit keeps its records in another store.
        """
        before = self._filing
        if isinstance(to, PatientContext):
            record = relinked(self.record, to, who=who, why=why)
        elif to._filing.store.folder == before.store.folder:
            record = relinked(self.record, to._filing.patient, who=who, why=why, visit=to._filing.ids)
        else:
            raise RecordError("That visit keeps its records in another store: a photo cannot be moved there.")
        before.store.change(self.record, record)
        self.record = record
        if not isinstance(to, PatientContext):
            self._filing = to._filing
            to._adopt(self)
        self._queue()
        return record

    def _queue(self) -> None:
        """Queue the newest state for the sinks; it is held back while site or reason are missing."""
        self._filing.queue(self.record, complete=self.complete)

    def __repr__(self) -> str:
        return f"<Shot {self.record.record_id}>"
