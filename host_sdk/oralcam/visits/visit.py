"""One patient's stay in the chair."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from oralcam.errors import RecordError
from oralcam.files.paths import home_folder
from oralcam.record import Order, Procedure, Quarantine, Reason, Site, make_record
from oralcam.record.capture_record import VisitIds
from oralcam.record.store import RecordStore
from oralcam.record.templates import Series
from oralcam.record.timestamps import HostTime, now
from oralcam.visits.chair import chair_of, with_time
from oralcam.visits.facts import taken_photo
from oralcam.visits.judging import judge, profile_of
from oralcam.visits.sending import sending_of
from oralcam.visits.shot import Shot

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from datetime import datetime, timedelta

    from oralcam.camera import Camera
    from oralcam.link.connection import Progress
    from oralcam.outbox.delivery import Delivery
    from oralcam.quality import Profile
    from oralcam.record import PatientContext, PictureQuality, TakenPhoto, ToothSystem
    from oralcam.record.assignment.quarantined_photo import QuarantinedPhoto
    from oralcam.record.templates import Template, TemplateView
    from oralcam.sinks.sink import Sink
    from oralcam.visits.sending import Sending

SETTLE_S = 10.0  # for photos that are still on their way when a visit ends


class VisitEnded(RecordError):
    """The visit is over: its patient is not armed any more."""

    code = "visit-ended"


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
        profile: Profile | None,
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
        self._profile = profile
        self._sending = sending
        self._sinks = sending.use(sinks)
        self._shots: list[Shot] = []
        self._pressed: list[Shot] = []
        self._ended = False
        self._chair = chair_of(camera, store)
        self._quarantined_before = len(self._chair.quarantined)
        self._chair.arm(self, patient)
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
        quality = self.judge(photo.jpeg)
        supersedes = retake_of.record.record_id if retake_of is not None else None
        with self._chair.changed:
            shot = self._keep(taken, photo.jpeg, quality, place, reason, procedure, supersedes, view)
            self._chair.changed.notify_all()
        photo.release()
        return shot

    @property
    def shots(self) -> tuple[Shot, ...]:
        """This patient's photos of this visit, in the order in which they were filed."""
        with self._chair.changed:
            return tuple(shot for shot in self._shots if shot.record.visit_id == self.ids.visit_id)

    @property
    def quarantined(self) -> tuple[QuarantinedPhoto, ...]:
        """Photos of which nobody can say whose they are, since the visit began. A person files them."""
        with self._chair.changed:
            since = self._chair.quarantined[self._quarantined_before :]
            return tuple(one for one in since if one.record_id not in self._chair.filed)

    def file(
        self,
        waiting: QuarantinedPhoto,
        *,
        who: str,
        why: str,
        site: Site | str | None = None,
        reason: str = "",
        procedure: Procedure | None = None,
        taken_at: datetime | None = None,
    ) -> Shot:
        """A person decides that a photo in quarantine is this visit's; it is sent as the others are.

        Where the camera lost its time, `taken_at` says it. Raises `RecordNotFound` if somebody else has filed
        it, `InvalidRecord` without `who` or `why`, `InvalidSite`.
        """
        place = self.site_of(site)
        record = Quarantine(self.store).file(
            waiting.record_id,
            self.patient,
            who=who,
            why=why,
            visit=self.ids,
            taken_at=taken_at,
            site=place,
            reason=Reason(reason).text if reason else "",
            procedure=procedure,
            quality=self.judge(self.store.jpeg(waiting.record_id)),
        )
        shot = Shot(self, record)
        with self._chair.changed:
            self._chair.filed.add(record.record_id)
            self.adopt(shot)
        self.queue(shot)
        return shot

    def arm_again(self, time_to_live: timedelta | None = None) -> None:
        """The patient once more, whose arming has expired or who had to wait for another one.

        It stays the same visit, with the same begin. Raises `VisitEnded`.
        """
        if self._ended:
            raise VisitEnded("The visit is over: begin another one with oralcam.visit.")
        self._chair.arm(self, self.patient.armed_again(now(), time_to_live))

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
            chair.changed.wait_for(lambda: len(self._pressed) > taken or chair.camera.closed, timeout)
            return next(iter(self._pressed[taken:]), None)

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

    def judge(self, jpeg: bytes) -> PictureQuality | None:
        """Is the picture good? Not while the chair's lock is held: others wait for that."""
        return judge(jpeg, self._profile)

    def take_in(self, taken: TakenPhoto, jpeg: bytes, quality: PictureQuality | None) -> None:
        """A press of this patient's. The chair's lock is held."""
        view = self.series.next if self.series is not None else None
        site = view.site if view is not None else None
        self._pressed.append(self._keep(taken, jpeg, quality, site, "", None, None, view))

    def adopt(self, shot: Shot) -> None:
        """A photo that a person filed here."""
        with self._chair.changed:
            if shot not in self._shots:
                self._shots.append(shot)
            self._chair.changed.notify_all()

    def site_of(self, site: Site | str | None) -> Site | None:
        """What somebody calls a site."""
        return Site.parse(site, system=self.tooth_system) if isinstance(site, str) else site

    def queue(self, shot: Shot) -> None:
        """To the sinks, as soon as nothing is missing; what is corrected later goes out again.

        One that was moved to a patient who is in no chair waits for the end of no visit.
        """
        ours = shot.record.visit_id == self.ids.visit_id
        hold = ours and not (shot.complete or self._ended)
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
        quality: PictureQuality | None,
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
            quality=quality,
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
    barrier_changed: bool | None = None,
    consent: str = "",
    profile: Profile | str | os.PathLike[str] | None = None,
    home: str | os.PathLike[str] | None = None,
) -> Visit:
    """Arm `patient` at `camera` until the visit ends; one patient at a time.

    Photos go into the private store below `home` (the program's own folder), then to `sinks`: None stands
    for those that were set up there (`oralcam.sinks.settings`), () for none. `operator` is who works,
    `tooth_system` the one in which bare tooth numbers are meant: nobody guesses it. `barrier_changed` (the
    operator acknowledges it) and `consent` (how it was given) are kept with the patient. Photos are judged by
    `profile`, as in `Photo.quality`, where numpy and Pillow are there.

    Raises `InvalidPatient`, `RecordStoreError`, `OutboxError`, `InvalidProfile`, `MissingExtra`.
    """
    judged_by = profile_of(profile)
    if barrier_changed is not None:
        patient = replace(patient, barrier_changed=barrier_changed)
    if consent:
        patient = replace(patient, consent=consent)
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
        profile=judged_by,
        store=store,
        sending=sending_of(folder / "outbox", store),
        sinks=sinks,
    )
