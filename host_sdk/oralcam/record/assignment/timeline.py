"""Who was armed when, and so whose a photo is: decided by the moment of the press, never by its arrival.

A `Timeline` is a plain value: each act returns the next one. Moments are the host's time of day, to which the
SDK brings a camera's clock with an uncertainty. A press that this leaves open goes into quarantine, and so
does every press before the camera was connected (or connected again) or the host's clock was set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from oralcam.errors import InvalidPatient
from oralcam.record.assignment.doubt import Doubt
from oralcam.record.patient import PatientContext
from oralcam.record.timestamps import HostTime, utc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from oralcam.record.taken_photo import TakenPhoto

# What the uncertainty does not hold: a host's clock is corrected in small steps, and an act is noted a moment
# after a finger did it. Steps beyond it, and what two crystals drift apart, mean that the clock was set.
TOLERANCE_S = 0.1
DRIFT_PPM = 100.0
# From press to exposure, where the event of the press did not come: a camera takes up to four photos in turn.
PRESS_LEAD_S = 3.0
EARLIER_KEPT = 64  # armings from before the last reconnect, for naming candidates


@dataclass(frozen=True)
class Assigned:
    """The photo is this patient's."""

    patient: PatientContext


@dataclass(frozen=True)
class Quarantined:
    """Nobody knows for sure whose the photo is; a person decides.

    It may be one of `candidates`, the likeliest first.
    """

    doubt: Doubt
    candidates: tuple[PatientContext, ...]


@dataclass(frozen=True)
class Arming:
    """One arming, from `begins` (inclusive) to `ends` (exclusive); None means that it lasts.

    At `expires` it ended by itself, if not before. That is the patient's `expires_at`, by the clock as it is
    set now: setting it makes no arming longer or shorter.
    """

    patient: PatientContext
    begins: datetime
    ends: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True)
class Timeline:
    """The armings since `begins`, which is when the camera was last connected, and those before.

    `known` is the moment of the last act by both clocks. Start with `Timeline.begun`. Moments without an
    offset raise `InvalidRecord`. An act after the host's clock was set begins a new timeline.
    """

    begins: datetime
    known: HostTime
    armings: tuple[Arming, ...] = ()
    earlier: tuple[Arming, ...] = ()

    @classmethod
    def begun(cls, at: HostTime) -> Timeline:
        """Return the timeline of a camera that is connected now, with nobody armed."""
        return cls(utc(at.at), at)

    def clock_was_set(self, now: HostTime) -> bool:
        """Tell whether the host's clock was set since the last act; then `connected` must be called."""
        passed_s = now.monotonic_s - self.known.monotonic_s
        return abs(now.set_since(self.known)) > TOLERANCE_S + abs(passed_s) * DRIFT_PPM / 1e6

    def armed(self, at: datetime) -> PatientContext | None:
        """Return who is armed at `at`, to show it; `assign` decides whose a press is, not this."""
        touched = list(self._touched(_Span(utc(at), utc(at))))
        return touched[-1].patient if touched and not touched[-1].expired else None

    def arm(self, patient: PatientContext, at: HostTime) -> Timeline:
        """Arm `patient` from now on, instead of any other.

        Raises `InvalidPatient` if that arming has expired.
        """
        moment = utc(at.at)
        if patient.expires_at is not None and utc(patient.expires_at) <= moment:
            raise InvalidPatient("The arming has expired; choose the patient again.")
        ended = self.disarm(at)
        expires = utc(patient.expires_at) if patient.expires_at is not None else None
        arming = Arming(patient, ended._not_before(at), None, expires)
        return replace(ended, armings=(*ended.armings, arming))

    def disarm(self, at: HostTime) -> Timeline:
        """Disarm: nobody is armed from now on."""
        if self.clock_was_set(at):
            return replace(self.connected(at), armings=())
        return replace(self, known=at, armings=_ended(self.armings, self._not_before(at)))

    def connected(self, at: HostTime) -> Timeline:
        """Note that the camera is back, or the clock was set: no photo taken before `at` is sure any more.

        The patient who was armed still is. `at` may lie a little before the last act: that act came before
        this was told.
        """
        moment = utc(at.at)
        still = [arming for arming in self.armings[-1:] if arming.ends is None]
        earlier = (*self.earlier, *_ended(self.armings, self._not_before(at)))
        moved = timedelta(seconds=at.set_since(self.known) if self.clock_was_set(at) else 0.0)
        armings = tuple(
            Arming(
                arming.patient,
                max(moment, arming.begins + moved),
                None,
                arming.expires and arming.expires + moved,
            )
            for arming in still
        )
        return Timeline(moment, at, armings, earlier[-EARLIER_KEPT:])

    def assign(self, photo: TakenPhoto, now: HostTime) -> Assigned | Quarantined:
        """Decide whose the photo is. `now` is the moment of this call: nothing was pressed later."""
        span = _span_of(photo)
        everybody = (*self.earlier, *self.armings)
        if span is None:
            return Quarantined(Doubt.TIME_UNKNOWN, _candidates(everybody))
        if self.clock_was_set(now) or span.first > utc(now.at):
            return Quarantined(Doubt.CLOCK_SET, _candidates(everybody))
        if span.first < self.begins:
            near = [arming for arming in everybody if _overlaps(span, arming.begins, arming.ends)]
            return Quarantined(Doubt.BEFORE_RECONNECT, _candidates(near))
        touched = list(self._touched(span))
        patients = _candidates(touched)
        if not patients:
            return Quarantined(Doubt.UNARMED, _candidates(self._neighbours(span)))
        if len(patients) > 1 or any(stretch.patient is None for stretch in touched):
            return Quarantined(Doubt.CHANGE_OF_PATIENT, patients)
        if any(stretch.expired for stretch in touched):
            return Quarantined(Doubt.EXPIRED, patients)
        return Assigned(patients[0])

    def _not_before(self, at: HostTime) -> datetime:
        """Return the moment, but none before the last act: a small step back of the clock changes
        no order.
        """
        last = self.armings[-1] if self.armings else None
        return max(utc(at.at), self.begins, (last.ends or last.begins) if last else self.begins)

    def _touched(self, span: _Span) -> Iterator[_Stretch]:
        """Yield the stretches, since this timeline begins, that `span` has a moment in, in their order."""
        for stretch in self._stretches():
            if _overlaps(span, stretch.begins, stretch.ends):
                yield stretch

    def _stretches(self) -> Iterator[_Stretch]:
        """Yield all of the time, without gaps: a patient armed, an arming that has expired, nobody."""
        at: datetime | None = self.begins
        for arming in self.armings:
            if at is not None and at < arming.begins:
                yield _Stretch(None, at, arming.begins)
            expires, ends = arming.expires, arming.ends
            if expires is not None and (ends is None or expires < ends):
                over = max(expires, arming.begins)
                yield _Stretch(arming.patient, arming.begins, over)
                yield _Stretch(arming.patient, over, ends, expired=True)
            else:
                yield _Stretch(arming.patient, arming.begins, ends)
            at = ends
        if at is not None:
            yield _Stretch(None, at, None)

    def _neighbours(self, span: _Span) -> list[Arming]:
        """Return the armings before and after the span."""
        before = [arming for arming in (*self.earlier, *self.armings) if arming.begins <= span.first]
        after = [arming for arming in self.armings if arming.begins > span.last]
        return [*before[-1:], *after[:1]]


@dataclass(frozen=True)
class _Span:
    """The time between two moments, in which the press fell."""

    first: datetime
    last: datetime


@dataclass(frozen=True)
class _Stretch:
    """A stretch of time in which nothing changed: from `begins` to before `ends` (None: forever)."""

    patient: PatientContext | None
    begins: datetime
    ends: datetime | None
    expired: bool = False


def _overlaps(span: _Span, begins: datetime, ends: datetime | None) -> bool:
    return span.last >= begins and (ends is None or span.first < ends)


def _span_of(photo: TakenPhoto) -> _Span | None:
    """Return between which moments the button went down, or the program asked; None if nobody knows."""
    if photo.taken_at is None or photo.taken_at_uncertainty_s is None:
        return None
    taken, off = utc(photo.taken_at), timedelta(seconds=photo.taken_at_uncertainty_s + TOLERANCE_S)
    if photo.press_number is None:
        return _Span(taken - off, taken + off)
    if photo.pressed_at is None:
        return _Span(taken - off - timedelta(seconds=PRESS_LEAD_S), taken + off)
    pressed = utc(photo.pressed_at)
    return _Span(pressed - off, pressed + off)


def _ended(armings: tuple[Arming, ...], at: datetime) -> tuple[Arming, ...]:
    """Return the armings with the last one ended by now; one that never lasted is left out."""
    if not armings or armings[-1].ends is not None:
        return armings
    last = replace(armings[-1], ends=at)
    return (*armings[:-1], last) if at > last.begins else armings[:-1]


def _candidates(found: Iterable[Arming | _Stretch]) -> tuple[PatientContext, ...]:
    """Return each patient once, as last armed, the latest first."""
    patients: dict[object, PatientContext] = {}
    for one in reversed(list(found)):
        if one.patient is not None:
            patients.setdefault(one.patient.identity, one.patient)
    return tuple(patients.values())
