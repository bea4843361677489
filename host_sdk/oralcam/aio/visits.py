"""`oralcam.visit` for asyncio."""

from __future__ import annotations

from functools import partial

from oralcam.aio.camera import Camera
from oralcam.aio.shot import Shot
from oralcam.aio.waiting import Deadline, Threads
from oralcam.outbox.delivery import State
from oralcam.visits import begin
from oralcam.visits.visit import Visit as BlockingVisit

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Iterable
    from datetime import datetime, timedelta

    from oralcam.link.connection import Progress
    from oralcam.quality import Profile
    from oralcam.record import (
        Order,
        PatientContext,
        Procedure,
        QuarantinedPhoto,
        RecordStore,
        Series,
        Site,
        Template,
        TemplateView,
        ToothSystem,
        VisitIds,
    )
    from oralcam.sinks.sink import Sink


async def visit(
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
    """Arm `patient` at `camera` until the visit ends; arguments and errors as for `oralcam.visit`.

    If the caller is cancelled while the visit begins, it is ended again: the patient does not stay armed.
    """
    if not isinstance(camera, Camera):
        raise TypeError(
            "oralcam.aio.visit wants an oralcam.aio.Camera; for an oralcam.Camera there is oralcam.visit."
        )
    call = partial(
        begin.visit,
        camera.blocking,
        patient,
        sinks=sinks,
        order=order,
        operator=operator,
        tooth_system=tooth_system,
        barrier_changed=barrier_changed,
        consent=consent,
        profile=profile,
        home=home,
    )
    threads = camera._threads
    return Visit(await threads.run_or_undo(call, BlockingVisit.end), camera, threads)


class Visit:
    """One patient's stay in the chair; see `oralcam.Visit`, which it wraps as `blocking`.

    `visit` makes it.
    """

    def __init__(self, visit: BlockingVisit, camera: Camera, threads: Threads) -> None:
        """Internal: use `await oralcam.aio.visit(…)`."""  # noqa: D401
        self.blocking = visit
        self._camera = camera
        self._threads = threads

    @property
    def patient(self) -> PatientContext:
        """The patient, as armed last."""
        return self.blocking.patient

    @property
    def operator(self) -> str:
        """The person who works; "" if no name was given."""
        return self.blocking.operator

    @property
    def tooth_system(self) -> ToothSystem | None:
        """The system in which bare tooth numbers are meant."""
        return self.blocking.tooth_system

    @property
    def store(self) -> RecordStore:
        """The private store of records and photos; its own methods block."""
        return self.blocking.store

    @property
    def ids(self) -> VisitIds:
        """The ids that the visit's records have in common."""
        return self.blocking.ids

    @property
    def series(self) -> Series | None:
        """The series of views that is followed, and how far it has come."""
        return self.blocking.series

    def site_of(self, site: Site | str | None) -> Site | None:
        """Return a site that may come as text, parsed. Raises `InvalidSite`."""
        return self.blocking.site_of(site)

    # -- photos --------------------------------------------------------------------------------------

    async def capture(
        self,
        site: Site | str | None = None,
        reason: str = "",
        *,
        procedure: Procedure | None = None,
        retake_of: Shot | None = None,
        sharpest_of: int = 1,
        progress: Progress | None = None,
    ) -> Shot:
        """Take a photo of the patient now; arguments and errors as for `oralcam.Visit.capture`.

        A caller that is cancelled finds the photo in `shots`. `progress` is called in a thread.
        """
        call = partial(
            self.blocking.capture,
            site,
            reason,
            procedure=procedure,
            retake_of=retake_of.blocking if retake_of is not None else None,
            sharpest_of=sharpest_of,
            progress=progress,
        )
        return Shot(await self._threads.run(call), self._threads)

    async def presses(self, timeout: float | None = None) -> AsyncIterator[Shot]:
        """Yield this patient's presses from the visit's begin on, as they are filed.

        End after `timeout` seconds without one, or when the camera is closed.
        """
        taken = 0
        deadline = Deadline(timeout)
        while True:
            shot = await self._threads.run(partial(self.blocking._next_pressed, taken, deadline.slice_s))
            if shot is not None:
                taken += 1
                yield Shot(shot, self._threads)
                deadline.renew()
            elif self._camera.closed or deadline.is_over:
                return

    async def shots(self) -> tuple[Shot, ...]:
        """Return this patient's photos of this visit, in the order in which they were filed."""
        shots = await self._threads.run(lambda: self.blocking.shots)
        return tuple(Shot(shot, self._threads) for shot in shots)

    async def quarantined(self) -> tuple[QuarantinedPhoto, ...]:
        """Return photos of which nobody can say whose they are, since the visit began."""
        return await self._threads.run(lambda: self.blocking.quarantined)

    async def file(
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
        """File a photo in quarantine as this visit's, as a person decides; as `oralcam.Visit.file`."""
        call = partial(
            self.blocking.file,
            waiting,
            who=who,
            why=why,
            site=site,
            reason=reason,
            procedure=procedure,
            taken_at=taken_at,
        )
        return Shot(await self._threads.run(call), self._threads)

    async def arm_again(self, time_to_live: timedelta | None = None) -> None:
        """Arm the patient once more, as `oralcam.Visit.arm_again`. Raises `VisitEnded`."""
        await self._threads.run(partial(self.blocking.arm_again, time_to_live))

    # -- a series of views ---------------------------------------------------------------------------

    async def follow(self, template: Template) -> TemplateView:
        """Take photos as the views of `template` from now on, one after the other; return the first."""
        return await self._threads.run(partial(self.blocking.follow, template))

    async def skip_view(self) -> TemplateView | None:
        """Go on to the next view and return it; None at the end."""
        return await self._threads.run(self.blocking.skip_view)

    # -- the way out ---------------------------------------------------------------------------------

    async def wait_confirmed(self, timeout: float = 60.0) -> bool:
        """Wait until every sink has proven that it holds the visit's photos.

        Returns False after `timeout` seconds, or at once if a sink refused one.
        """
        deadline = Deadline(timeout)
        while True:
            if await self._threads.run(partial(self.blocking.wait_confirmed, deadline.slice_s)):
                return True
            if deadline.is_over or await self._threads.run(self._is_refused):
                return False

    def _is_refused(self) -> bool:
        deliveries = (each for shot in self.blocking.shots for each in shot.deliveries)
        return any(each.state is State.DEAD for each in deliveries)

    async def end(self) -> None:
        """Disarm the patient; wait for photos on their way, queue all. Harmless when repeated."""
        await self._threads.run(self.blocking.end)

    async def __aenter__(self) -> Visit:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end()
