"""Who was armed when at one camera, and so where the photo of each press goes."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timezone

from oralcam import log
from oralcam.errors import (
    AlreadyRecorded,
    CameraClosed,
    DeviceDisconnected,
    OralcamError,
    RecordError,
    RecordStoreError,
)
from oralcam.files.capture_id import is_of, was_of
from oralcam.record import TakenPhoto
from oralcam.record.assignment.arming_file import ArmingFile
from oralcam.record.assignment.doubt import Doubt
from oralcam.record.assignment.quarantine import Quarantine
from oralcam.record.assignment.timeline import Assigned, Quarantined, Timeline
from oralcam.record.audit import Act
from oralcam.record.timestamps import HostTime
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from oralcam.visits.from_camera import spooled_photo, taken_photo
from oralcam.visits.quality_check import warm_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from oralcam.camera import Camera
    from oralcam.photo import Photo
    from oralcam.record import PatientContext, PictureQuality
    from oralcam.record.assignment.quarantined_photo import QuarantinedPhoto
    from oralcam.record.store import RecordStore
    from oralcam.spool.contents import SpooledPhoto
    from oralcam.visits.filing import Filing

    class ArmedVisit(Protocol):
        """The part of a visit that the router needs."""

        _filing: Filing

        def _judge(self, jpeg: bytes) -> PictureQuality | None:
            """Measure how good the picture is. The router's lock is not held: others wait for that."""

        def _take_in(self, taken: TakenPhoto, jpeg: bytes, quality: PictureQuality | None) -> None:
            """File a press of this visit's patient. The router's lock is held."""


LOOK_S = 0.25  # between two looks at whether somebody waits for quiet, or the camera was closed
AGAIN_S = 1.0  # before something that failed is tried again

_routers: dict[Camera, PressRouter] = {}  # of open cameras
_making = threading.Lock()


def router_of(camera: Camera, store: RecordStore) -> PressRouter:
    """Return the camera's router, one over all visits: a late photo may be an earlier patient's.

    Raises `RecordError` if its records are to go into another store than before.
    """
    with _making:
        router = _routers.get(camera)
        if router is None:
            router = _routers[camera] = PressRouter(camera, store)
        if router.store.folder != store.folder:
            raise RecordError("This camera's photos go into another store already: close the camera first.")
        return router


class PressRouter:
    """The way of each press at one camera: its photo is taken in, and filed or put into quarantine.

    A photo that cannot be filed now (a full disk) stays in the spool and is tried again. Use `router_of`.
    """

    def __init__(
        self, camera: Camera, store: RecordStore, *, clock: Callable[[], HostTime] = HostTime.now
    ) -> None:
        self.camera = camera
        self.store = store
        self.changed = threading.Condition(threading.RLock())
        self.quarantined: list[QuarantinedPhoto] = []  # since this router began
        self.filed: set[str] = set()  # of these, by a person
        self.recorded: list[str] = []  # by a program that was killed right after, and maybe not queued
        self._clock = clock
        self._visits: list[tuple[PatientContext, ArmedVisit]] = []  # a patient may be armed again in one
        self._session = camera.connected_since
        self._arming_file = ArmingFile(store.folder / "armings", camera.serial_number)
        began = Timeline.begun(_host_time(self._session))
        self._timeline = replace(began, earlier=self._arming_file.load())
        self._unfiled: list[Photo] = []
        self._quiet = 0  # how often nothing was left on the camera
        self._adopt_leftovers()
        self._thread = threading.Thread(target=self._collect, name="oralcam-press-router", daemon=True)
        self._thread.start()

    # -- who is armed --------------------------------------------------------------------------------

    def arm(self, visit: ArmedVisit, patient: PatientContext) -> None:
        """Arm the visit's `patient` from now on, instead of any other. Raises `InvalidPatient`."""
        with self.changed:
            self._keep_up()
            self._timeline = self._timeline.arm(patient, self._clock())
            self._visits.append((patient, visit))
            visit._filing.patient = patient
            self._remember()
        self.store.audit.append(Act.ARMED, visit._filing.ids.visit_id, who=visit._filing.who)

    def disarm(self, visit: ArmedVisit) -> None:
        """Disarm the visit's patient, if that patient still is armed."""
        with self.changed:
            self._keep_up()
            last = self._timeline.armings[-1:]
            if last and last[0].ends is None and last[0].patient == visit._filing.patient:  # expired or not
                self._timeline = self._timeline.disarm(self._clock())
                self._remember()
        self.store.audit.append(Act.DISARMED, visit._filing.ids.visit_id, who=visit._filing.who)

    def _remember(self) -> None:
        self._arming_file.save((*self._timeline.earlier, *self._timeline.armings))

    def _keep_up(self) -> None:
        """Note that the camera may have been away, and that this computer's clock may have been set."""
        session = self.camera.connected_since
        if session != self._session:
            self._session = session
            self._timeline = self._timeline.connected(_host_time(session))
        now = self._clock()
        if self._timeline.clock_was_set(now):
            self._timeline = self._timeline.connected(now)

    # -- what arrives --------------------------------------------------------------------------------

    def settle(self, timeout: float) -> bool:
        """Wait until no photo is left on the camera or unfiled; False after `timeout` seconds."""
        with self.changed:
            enough = self._quiet + 2  # the look that is under way may have begun before the call
            self.changed.wait_for(lambda: self._quiet >= enough or not self._thread.is_alive(), timeout)
            return self._quiet >= enough

    def _collect(self) -> None:
        warm_up()
        while not self.camera.closed:
            try:
                photo = self.camera.next_press(LOOK_S)
                if photo is not None:
                    self._unfiled.append(photo)
                self._file_all()
                if photo is None:
                    self._look_for_quiet()
            except CameraClosed:
                break
            except DeviceDisconnected:
                self._wait_connected()
            except OralcamError as error:
                log.warning("a photo waits to be filed: %s", error)
                threading.Event().wait(AGAIN_S)
            except Exception:
                log.exception("a photo waits to be filed")
                threading.Event().wait(AGAIN_S)
        with _making:
            _routers.pop(self.camera, None)
        with self.changed:
            self.changed.notify_all()

    def _wait_connected(self) -> None:
        try:
            self.camera.wait_connected(AGAIN_S)
        except CameraClosed:
            pass  # the loop ends

    def _look_for_quiet(self) -> None:
        quiet = not self._unfiled and not self.camera.health().photos_waiting
        with self.changed:
            self._quiet = self._quiet + 1 if quiet else self._quiet
            self.changed.notify_all()

    def _file_all(self) -> None:
        while self._unfiled:
            photo = self._unfiled[0]
            try:
                self._file(photo)
            except RecordStoreError:
                raise  # the disk: nothing is lost, it is tried again
            except RecordError as error:
                log.warning("photo %s stays in the spool: %s", photo.capture_id, error)
            del self._unfiled[0]

    def _file(self, photo: Photo) -> None:
        taken = taken_photo(photo, self.camera)
        with self.changed:
            self._keep_up()
            verdict = self._timeline.assign(taken, self._clock())
            visit = self._visit_of(verdict.patient) if isinstance(verdict, Assigned) else None
        quality = visit._judge(photo.jpeg) if visit is not None else None
        with self.changed:
            try:
                if visit is not None:
                    visit._take_in(taken, photo.jpeg, quality)
                else:
                    assert isinstance(verdict, Quarantined)
                    kept = Quarantine(self.store).keep(taken, verdict, photo.jpeg)
                    self.quarantined.append(kept)
                    log.warning("photo %s is in quarantine: %s", photo.capture_id, verdict.doubt.sentence)
            except AlreadyRecorded:
                self.recorded += filter(None, [self.store.known(taken)])
            self.changed.notify_all()
        photo.release()

    def _visit_of(self, patient: PatientContext) -> ArmedVisit:
        return next(visit for armed, visit in reversed(self._visits) if armed == patient)

    def _adopt_leftovers(self) -> None:
        """Quarantine photos in the spool of a program that was killed before it filed them.

        Nobody knows whose they are.
        """
        began_s, _ = self._session
        for spooled in contents_of(Spool(self.camera.spool_folder)).photos:
            if not _is_from(spooled, self.camera.serial_number) or spooled.path.stat().st_mtime >= began_s:
                continue  # another camera's, or in the hands of this program
            try:
                data = spooled.read()
                taken = spooled_photo(spooled, data)
                known = self.store.known(taken)
                if known is not None:
                    self.recorded.append(known)
                else:
                    verdict = self._timeline.assign(taken, self._clock())
                    if isinstance(verdict, Assigned):  # by a clock that was set meanwhile
                        verdict = Quarantined(Doubt.BEFORE_RECONNECT, (verdict.patient,))
                    self.quarantined.append(Quarantine(self.store).keep(taken, verdict, data))
                spooled.leave()
            except OralcamError as error:
                log.warning("photo %s stays in the spool: %s", spooled.capture_id, error)


def _is_from(photo: SpooledPhoto, serial_number: str) -> bool:
    """By what the camera said of it; by its id where that is lost."""
    said = photo.description.get("serial_number")
    if said is not None:
        return bool(said == serial_number)
    return is_of(photo.capture_id, serial_number) or was_of(photo.capture_id, serial_number)


def with_time(taken: TakenPhoto, asked: HostTime, answered: HostTime) -> TakenPhoto:
    """Return a capture with a time. One that the camera could not tell fell between question and answer."""
    if taken.taken_at is not None:
        return taken
    half_s = (answered.monotonic_s - asked.monotonic_s) / 2
    middle = asked.at + (answered.at - asked.at) / 2
    return replace(taken, taken_at=middle, taken_at_uncertainty_s=max(half_s, 0.0))


def _host_time(session: tuple[float, float]) -> HostTime:
    return HostTime(datetime.fromtimestamp(session[0], timezone.utc).astimezone(), session[1])
