"""One patient's stay in the chair."""

from __future__ import annotations

from pathlib import Path

from oralcam.errors import RecordError
from oralcam.folders import home_folder
from oralcam.record import Order, Procedure, Reason, Site, make_record
from oralcam.record.corrections import with_orientation, with_procedure, with_reason, with_site
from oralcam.record.making import VisitIds
from oralcam.record.moment import HostTime
from oralcam.record.store import RecordStore
from oralcam.record.templates import Series
from oralcam.visits.chair import chair_of, with_time
from oralcam.visits.facts import taken_photo
from oralcam.visits.sending import sending_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from oralcam.camera import Camera
    from oralcam.link.connection import Progress
    from oralcam.outbox.delivery import Delivery
    from oralcam.record import CaptureRecord, PatientContext, TakenPhoto, ToothSystem
    from oralcam.record.quarantined import QuarantinedPhoto
    from oralcam.record.templates import Template, TemplateView
    from oralcam.sinks.sink import Sink
    from oralcam.visits.sending import Sending

SETTLE_S = 10.0  # for photos that are still on their way when a visit ends


class VisitEnded(RecordError):
    """The visit is over: its patient is not armed any more."""

    code = "visit-ended"


class Shot:
    """A photo in its patient's record. `record` is the newest state of it."""

    def __init__(self, visit: Visit, record: CaptureRecord) -> None:
        self._visit = visit
        self.record = record

    @property
    def jpeg(self) -> bytes:
        """As it left the sensor."""
        return self._visit.store.jpeg(self.record.record_id)

    @property
    def complete(self) -> bool:
        """Are site and reason said? Then it is sent; the others are when the visit ends."""
        return self.record.site is not None and bool(self.record.reason)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """How far it has come at each sink; it is queued until it is complete, or the visit over."""
        return self._visit.deliveries(self)

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
        visit, who = self._visit, self._visit.operator or "oralcam"
        record = self.record
        if site is not None:
            record = with_site(record, visit.site_of(site), who=who)
        if reason is not None:
            record = with_reason(record, Reason(reason).text, who=who)
        if procedure is not None:
            record = with_procedure(record, procedure, who=who)
        if orientation is not None:
            record = with_orientation(record, orientation, who=who)
        if record is not self.record:
            visit.store.change(self.record, record)
            self.record = record
            visit.queue(self)
        return record

    def __repr__(self) -> str:
        return f"<Shot {self.record.record_id}>"


class Visit:
    """Made by `oralcam.visit`. Its patient is armed from `with` to the end of the block.

    Presses go to whoever was armed when the button went down, by the camera's clock: `shots` grows with this
    patient's, `quarantined` with those of which nobody can be sure. Methods may be called from any thread.
    """

    def __init__(
        self,
        camera: Camera,
        patient: PatientContext,
        *,
        order: Order | None,
        operator: str,
        tooth_system: ToothSystem | None,
        store: RecordStore,
        sending: Sending,
        sinks: Iterable[Sink],
    ) -> None:
        self.patient = patient
        self.operator = operator
        self.tooth_system = tooth_system
        self.store = store
        self.ids = VisitIds.new(order=order)
        self.series: Series | None = None
        self._sending = sending
        self._sinks = sending.use(sinks)
        self._shots: list[Shot] = []
        self._ended = False
        self._chair = chair_of(camera, store)
        self._quarantined_before = len(self._chair.quarantined)
        self._chair.arm(self)
        self._queue_recorded()

    # -- photos --------------------------------------------------------------------------------------

    def capture(
        self,
        site: Site | str | None = None,
        reason: str = "",
        *,
        procedure: Procedure | None = None,
        retake_of: Shot | None = None,
        sharpest_of: int = 1,
        progress: Progress | None = None,
    ) -> Shot:
        """Take a photo of the patient now. Whatever is wrong with `site` or `reason` is said before that.

        `site` as in `Site.parse`; a bare tooth number needs the visit's `tooth_system`. `retake_of` is
        superseded, never deleted. Raises `VisitEnded`, `InvalidSite`, `InvalidRecord`, and what
        `Camera.capture` raises.
        """
        if self._ended:
            raise VisitEnded("The visit is over: begin another one with oralcam.visit.")
        view = self.series.next if self.series is not None and site is None else None
        place = view.site if view is not None else self.site_of(site)
        reason = Reason(reason).text if reason else ""
        camera = self._chair.camera
        asked = HostTime.now()
        photo = camera.capture(sharpest_of=sharpest_of, progress=progress)
        taken = with_time(taken_photo(photo, camera), asked, HostTime.now())
        supersedes = retake_of.record.record_id if retake_of is not None else None
        with self._chair.changed:
            shot = self._keep(taken, photo.jpeg, place, reason, procedure, supersedes, view)
            self._chair.changed.notify_all()
        photo.release()
        return shot

    @property
    def shots(self) -> tuple[Shot, ...]:
        """This patient's photos of this visit, oldest first."""
        with self._chair.changed:
            return tuple(self._shots)

    @property
    def quarantined(self) -> tuple[QuarantinedPhoto, ...]:
        """Photos of which nobody can say whose they are, since the visit began. A person files them."""
        with self._chair.changed:
            return tuple(self._chair.quarantined[self._quarantined_before :])

    def presses(self, timeout: float | None = None) -> Iterator[Shot]:
        """This patient's presses from the visit's begin on, as they are filed; ends after `timeout` seconds
        without one, or when the camera is closed."""
        taken = 0
        while (shot := self._next_pressed(taken, timeout)) is not None:
            taken += 1
            yield shot

    def _next_pressed(self, taken: int, timeout: float | None) -> Shot | None:
        """The press after the first `taken` ones; None after `timeout` seconds or when closed."""
        chair = self._chair
        with chair.changed:
            chair.changed.wait_for(lambda: len(self._pressed()) > taken or chair.camera.closed, timeout)
            return next(iter(self._pressed()[taken:]), None)

    def _pressed(self) -> list[Shot]:
        return [shot for shot in self._shots if shot.record.press_number is not None]

    # -- a series of views ---------------------------------------------------------------------------

    def follow(self, template: Template) -> TemplateView:
        """From now on photos are the views of `template`, one after the other; returns the first."""
        self.series = Series.begun(template)
        assert self.series.next is not None, "a template has a view"
        return self.series.next

    def skip_view(self) -> TemplateView | None:
        """Go on to the next view; None at the end."""
        if self.series is not None and self.series.next is not None:
            self.series = self.series.skip(self.series.next.name)
        return None if self.series is None else self.series.next

    # -- the way out ---------------------------------------------------------------------------------

    def wait_confirmed(self, timeout: float = 60.0) -> bool:
        """Wait until every sink has proven that it holds the visit's photos; False after `timeout` s."""
        return self._sending.wait_confirmed([shot.record.record_id for shot in self.shots], timeout)

    def end(self) -> None:
        """Disarm the patient; photos on their way are waited for, all are queued. Harmless when repeated."""
        if self._ended:
            return
        self._ended = True
        self._chair.disarm(self)
        if self._chair.camera.down is None:
            self._chair.settle(SETTLE_S)
        for shot in self.shots:
            self._sending.queue(shot.record, self._sinks)
        self._queue_recorded()

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    # -- for the chair -------------------------------------------------------------------------------

    def take_in(self, taken: TakenPhoto, jpeg: bytes) -> None:
        """A press of this patient's. The chair's lock is held."""
        view = self.series.next if self.series is not None else None
        self._keep(taken, jpeg, view.site if view is not None else None, "", None, None, view)

    def site_of(self, site: Site | str | None) -> Site | None:
        """What somebody calls a site."""
        return Site.parse(site, system=self.tooth_system) if isinstance(site, str) else site

    def queue(self, shot: Shot) -> None:
        """To the sinks, as soon as nothing is missing; what is corrected later goes out again."""
        hold = not (shot.complete or self._ended)
        self._sending.queue(shot.record, self._sinks, hold=hold)

    def _queue_recorded(self) -> None:
        """What a killed program recorded, and maybe did not queue; harmless if it did."""
        with self._chair.changed:
            recorded, self._chair.recorded = self._chair.recorded, []
        for record_id in recorded:
            if record_id in self.store.ids():  # and not in quarantine
                self._sending.queue(self.store.read(record_id), self._sinks)

    def deliveries(self, shot: Shot) -> tuple[Delivery, ...]:
        """How far it has come at each sink."""
        return tuple(self._sending.deliveries(shot.record.record_id))

    def _keep(
        self,
        taken: TakenPhoto,
        jpeg: bytes,
        site: Site | None,
        reason: str,
        procedure: Procedure | None,
        supersedes: str | None,
        view: TemplateView | None,
    ) -> Shot:
        if view is not None and self.series is not None and supersedes is None:
            supersedes = self.series.supersedes(view.name)
        record = make_record(
            taken,
            self.patient,
            self.ids,
            site=site,
            reason=reason,
            procedure=procedure,
            operator=self.operator,
            supersedes=supersedes,
        )
        self.store.keep(record, jpeg)
        shot = Shot(self, record)
        self._shots.append(shot)
        if view is not None and self.series is not None:
            self.series = self.series.with_photo(view.name, record.record_id)
        self.queue(shot)
        return shot


def visit(
    camera: Camera,
    patient: PatientContext,
    *,
    sinks: Iterable[Sink] | None = None,
    order: Order | None = None,
    operator: str = "",
    tooth_system: ToothSystem | None = None,
    home: str | os.PathLike[str] | None = None,
) -> Visit:
    """Arm `patient` at `camera` until the visit ends; one patient at a time.

    Photos go into the private store below `home` (the program's own folder), then to `sinks`: None stands
    for those that were set up there (`oralcam.sinks.settings`), () for none. `operator` is who works,
    `tooth_system` the one in which bare tooth numbers are meant: nobody guesses it. Raises `InvalidPatient`,
    `RecordStoreError`, `OutboxError`.
    """
    folder = Path(home or home_folder())
    if sinks is None:
        from oralcam.sinks.settings import set_up_sinks, sinks_file

        sinks = set_up_sinks(folder / "outbox", sinks_file(folder))
    store = RecordStore(folder / "records")
    return Visit(
        camera,
        patient,
        order=order,
        operator=operator,
        tooth_system=tooth_system,
        store=store,
        sending=sending_of(folder / "outbox", store),
        sinks=sinks,
    )
