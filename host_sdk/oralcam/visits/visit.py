"""One patient's stay in the chair."""

from __future__ import annotations

from oralcam.errors import VisitEnded
from oralcam.record import Order, Procedure, Reason, Site
from oralcam.record.capture_record import VisitIds
from oralcam.record.store import RecordStore
from oralcam.record.templates import Series
from oralcam.record.timestamps import HostTime, now
from oralcam.visits.filing import Filing
from oralcam.visits.from_camera import taken_photo
from oralcam.visits.press_router import router_of, with_time
from oralcam.visits.quality_check import judge
from oralcam.visits.shot import Shot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, timedelta

    from oralcam.camera import Camera
    from oralcam.link.connection import Progress
    from oralcam.outbox.background import BackgroundOutbox
    from oralcam.quality import Profile
    from oralcam.record import CaptureRecord, PatientContext, PictureQuality, TakenPhoto, ToothSystem
    from oralcam.record.assignment.quarantined_photo import QuarantinedPhoto
    from oralcam.record.templates import Template, TemplateView
    from oralcam.sinks.sink import Sink

SETTLE_S = 10.0  # for photos that are still on their way when a visit ends


class Visit:
    """One patient's stay in the chair.

    `oralcam.visit` makes it; its patient is armed to the end of the block. A press belongs to the patient who
    was armed when the button went down, by the camera's clock: `shots` grows with this patient's photos,
    `quarantined` with those of which nobody can be sure. Methods may be called from any thread.
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
        outbox: BackgroundOutbox,
        sinks: Iterable[Sink],
    ) -> None:
        """Internal: use `oralcam.visit`."""  # noqa: D401
        self._filing = Filing(
            patient,
            store,
            outbox,
            order=order,
            operator=operator,
            tooth_system=tooth_system,
            sinks=sinks,
        )
        self._profile = profile
        self._shots: list[Shot] = []
        self._pressed: list[Shot] = []
        self._router = router_of(camera, store)
        self._quarantined_before = len(self._router.quarantined)
        self._router.arm(self, patient)
        self._queue_recorded()

    @property
    def patient(self) -> PatientContext:
        """The patient, as armed last."""
        return self._filing.patient

    @property
    def operator(self) -> str:
        """The person who works; "" if no name was given."""
        return self._filing.operator

    @property
    def tooth_system(self) -> ToothSystem | None:
        """The system in which bare tooth numbers are meant."""
        return self._filing.tooth_system

    @property
    def store(self) -> RecordStore:
        """The private store of records and photos."""
        return self._filing.store

    @property
    def ids(self) -> VisitIds:
        """The ids that the visit's records have in common."""
        return self._filing.ids

    @property
    def series(self) -> Series | None:
        """The series of views that is followed, and how far it has come."""
        return self._filing.series

    def site_of(self, site: Site | str | None) -> Site | None:
        """Return a site that may come as text, parsed. Raises `InvalidSite`."""
        return self._filing.site_of(site)

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
        """Take a photo of the patient now. A wrong `site` or `reason` raises before that.

        `site` is as in `Site.parse`; a bare tooth number needs the visit's `tooth_system`. `retake_of` is
        superseded, never deleted. Raises `VisitEnded`, `InvalidSite`, `InvalidRecord`, and what
        `Camera.capture` raises.
        """
        if self._filing.is_over:
            raise VisitEnded("The visit is over: begin another one with oralcam.visit.")
        view = self.series.next if self.series is not None and site is None else None
        place = view.site if view is not None else self.site_of(site)
        reason = Reason(reason).text if reason else ""
        camera = self._router.camera
        asked = HostTime.now()
        photo = camera.capture(sharpest_of=sharpest_of, progress=progress)
        taken = with_time(taken_photo(photo, camera), asked, HostTime.now())
        quality = self._judge(photo.jpeg)
        supersedes = retake_of.record.record_id if retake_of is not None else None
        with self._router.changed:
            record = self._filing.keep(
                taken,
                photo.jpeg,
                quality,
                site=place,
                reason=reason,
                procedure=procedure,
                supersedes=supersedes,
                view=view,
            )
            shot = self._add(record)
            self._router.changed.notify_all()
        photo.release()
        return shot

    @property
    def shots(self) -> tuple[Shot, ...]:
        """This patient's photos of this visit, in the order in which they were filed."""
        with self._router.changed:
            return tuple(shot for shot in self._shots if shot.record.visit_id == self.ids.visit_id)

    @property
    def quarantined(self) -> tuple[QuarantinedPhoto, ...]:
        """Photos since the visit began of which nobody can say whose they are. A person files them."""
        with self._router.changed:
            since = self._router.quarantined[self._quarantined_before :]
            return tuple(one for one in since if one.record_id not in self._router.filed)

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
        """File a photo in quarantine as this visit's, as a person decided; it is sent as the others are.

        Where the camera lost its time, `taken_at` gives it. Raises `RecordNotFound` if somebody else has
        filed it, `InvalidRecord` without `who` or `why`, `InvalidSite`.
        """
        place = self.site_of(site)
        record = self._filing.keep_quarantined(
            waiting,
            self._judge(self.store.jpeg(waiting.record_id)),
            who=who,
            why=why,
            site=place,
            reason=reason,
            procedure=procedure,
            taken_at=taken_at,
        )
        shot = Shot(self._filing, record)
        with self._router.changed:
            self._router.filed.add(record.record_id)
            self._adopt(shot)
        shot._queue()
        return shot

    def arm_again(self, time_to_live: timedelta | None = None) -> None:
        """Arm the patient again, whose arming has expired or who had to wait for another patient.

        It stays the same visit, with the same begin. Raises `VisitEnded`.
        """
        if self._filing.is_over:
            raise VisitEnded("The visit is over: begin another one with oralcam.visit.")
        self._router.arm(self, self.patient.armed_again(now(), time_to_live))

    def presses(self, timeout: float | None = None) -> Iterator[Shot]:
        """Yield this patient's presses from the visit's begin on, as they are filed.

        The iterator ends after `timeout` seconds without one, or when the camera is closed.
        """
        taken = 0
        while (shot := self._next_pressed(taken, timeout)) is not None:
            taken += 1
            yield shot

    def _next_pressed(self, taken: int, timeout: float | None) -> Shot | None:
        """Return the press after the first `taken` ones; None after `timeout` seconds or when closed."""
        router = self._router
        with router.changed:
            router.changed.wait_for(lambda: len(self._pressed) > taken or router.camera.closed, timeout)
            return next(iter(self._pressed[taken:]), None)

    # -- a series of views ---------------------------------------------------------------------------

    def follow(self, template: Template) -> TemplateView:
        """Follow `template` from now on: photos are its views, one after the other. Return the first view."""
        series = self._filing.series = Series.begun(template)
        assert series.next is not None, "a template has a view"
        return series.next

    def skip_view(self) -> TemplateView | None:
        """Go on to the next view and return it; None at the end."""
        series = self.series
        if series is not None and series.next is not None:
            series = self._filing.series = series.skip(series.next.name)
        return None if series is None else series.next

    # -- the way out ---------------------------------------------------------------------------------

    def wait_confirmed(self, timeout: float = 60.0) -> bool:
        """Wait until every sink has proven that it holds the visit's photos; return False after
        `timeout` s.
        """
        return self._filing.wait_confirmed([shot.record.record_id for shot in self.shots], timeout)

    def end(self) -> None:
        """Disarm the patient, wait for photos on their way, and queue all of them. Harmless when repeated."""
        if self._filing.is_over:
            return
        self._filing.is_over = True
        self._router.disarm(self)
        if self._router.camera.down is None:
            self._router.settle(SETTLE_S)
        for shot in self.shots:
            shot._queue()
        self._queue_recorded()

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    # -- for the press router ------------------------------------------------------------------------

    def _judge(self, jpeg: bytes) -> PictureQuality | None:
        """Measure how good the picture is. The router's lock must not be held: others wait for it."""
        return judge(jpeg, self._profile)

    def _take_in(self, taken: TakenPhoto, jpeg: bytes, quality: PictureQuality | None) -> None:
        """File a press of this patient's. The router's lock is held."""
        view = self.series.next if self.series is not None else None
        site = view.site if view is not None else None
        self._pressed.append(self._add(self._filing.keep(taken, jpeg, quality, site=site, view=view)))

    def _adopt(self, shot: Shot) -> None:
        """Take in a photo that a person filed here."""
        with self._router.changed:
            if shot not in self._shots:
                self._shots.append(shot)
            self._router.changed.notify_all()

    def _add(self, record: CaptureRecord) -> Shot:
        shot = Shot(self._filing, record)
        self._shots.append(shot)
        shot._queue()
        return shot

    def _queue_recorded(self) -> None:
        with self._router.changed:
            recorded, self._router.recorded = self._router.recorded, []
        self._filing.queue_recorded(recorded)
