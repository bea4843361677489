"""`oralcam.Shot` for asyncio."""

from __future__ import annotations

from functools import partial

from oralcam.record import PatientContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from oralcam.aio.waiting import Threads
    from oralcam.outbox.delivery import Delivery
    from oralcam.record import CaptureRecord, PictureQuality, Procedure, Site
    from oralcam.visits.shot import Shot as BlockingShot
    from oralcam.visits.visit import Visit as BlockingVisit

    class AnotherVisit(Protocol):
        """A `Visit`, to which a photo can be moved."""

        blocking: BlockingVisit


class Shot:
    """A photo in its patient's record; see `oralcam.Shot`, which it wraps as `blocking`."""

    def __init__(self, shot: BlockingShot, threads: Threads) -> None:
        """Internal: visits make them."""  # noqa: D401
        self.blocking = shot
        self._threads = threads

    @property
    def record(self) -> CaptureRecord:
        """The newest state of the photo's record."""
        return self.blocking.record

    @property
    def quality(self) -> PictureQuality | None:
        """How good the picture is, and what to do if it is not; None without the extra `oralcam[image]`."""
        return self.blocking.quality

    @property
    def complete(self) -> bool:
        """True if site and reason are given.

        A complete photo is sent at once, the others when the visit ends.
        """
        return self.blocking.complete

    async def jpeg(self) -> bytes:
        """Return the JPEG as it left the sensor. Raises `RecordStoreError`."""
        return await self._threads.run(lambda: self.blocking.jpeg)

    async def deliveries(self) -> tuple[Delivery, ...]:
        """Return how far it has come at each sink. Raises `OutboxError`."""
        return await self._threads.run(lambda: self.blocking.deliveries)

    async def describe(
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
        call = partial(
            self.blocking.describe, site=site, reason=reason, procedure=procedure, orientation=orientation
        )
        return await self._threads.run(call)

    async def relink(self, to: PatientContext | AnotherVisit, *, who: str, why: str) -> CaptureRecord:
        """Move the photo to another patient or visit; see `oralcam.Shot.relink`. Raises `InvalidRecord`."""
        target = to if isinstance(to, PatientContext) else to.blocking
        return await self._threads.run(partial(self.blocking.relink, target, who=who, why=why))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shot) and other.blocking is self.blocking

    def __hash__(self) -> int:
        return hash(self.blocking)

    def __repr__(self) -> str:
        return f"<aio.Shot {self.record.record_id}>"
