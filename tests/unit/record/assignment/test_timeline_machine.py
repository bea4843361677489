"""Any order of arming, pressing, resetting and arriving late: nobody gets another person's photo."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from oralcam.record import (
    Assigned,
    HostTime,
    PatientContext,
    Quarantine,
    RecordStore,
    TakenPhoto,
    Timeline,
    VisitIds,
    make_record,
)
from tests.unit.record.strategies import NOON, patient, photo

PATIENTS = [patient(number) for number in (1, 2, 3)] + [patient(1, patient_id="P9")]  # and a namesake


@dataclass(frozen=True)
class Pressed:
    """What really happened: the photo, and who was armed in truth when the finger went down."""

    taken: TakenPhoto
    truly: PatientContext | None
    jpeg: bytes


class Surgery(RuleBasedStateMachine):
    """A chair, a camera, a host: true time passes, the host's clock may be set, photos travel slowly."""

    def __init__(self) -> None:
        super().__init__()
        self.true_s = 0.0
        self.set_by_s = 0.0
        self.truly: PatientContext | None = None
        self.truly_until_s: float | None = None
        self.timeline = Timeline.begun(self.now)
        self.travelling: list[Pressed] = []
        self.presses = 0
        self.arrived: list[Pressed] = []
        self._folder = tempfile.TemporaryDirectory()
        self.store = RecordStore(Path(self._folder.name) / "records")
        self.quarantine = Quarantine(self.store)

    def teardown(self) -> None:
        self._folder.cleanup()

    @property
    def now(self) -> HostTime:
        return HostTime(NOON + timedelta(seconds=self.true_s + self.set_by_s), 50.0 + self.true_s)

    @rule(seconds=st.sampled_from([0.0, 0.001, 0.05, 0.2, 1.0, 5.0, 60.0]))
    def time_passes(self, seconds: float) -> None:
        self.true_s += seconds

    @rule(who=st.sampled_from(PATIENTS), for_s=st.none() | st.sampled_from([0.1, 2.0, 100.0]))
    def arm(self, who: PatientContext, for_s: float | None) -> None:
        time_to_live = None if for_s is None else timedelta(seconds=for_s)
        who = who.armed_again(self.now.at, time_to_live)
        self.timeline = self.timeline.arm(who, self.now)
        self.truly = who
        self.truly_until_s = None if for_s is None else self.true_s + for_s

    @rule()
    def disarm(self) -> None:
        self.timeline = self.timeline.disarm(self.now)
        self.truly = None

    @rule(
        off_s=st.sampled_from([0.0, 0.002, 0.5]),
        share=st.floats(-1, 1),
        lag_s=st.sampled_from([0.0, 0.1, 2.5]),
        event_came=st.booleans(),
    )
    def press(self, off_s: float, share: float, lag_s: float, event_came: bool) -> None:
        """The camera's clock is off by at most what it says; it exposes a while after the press."""
        self.presses += 1
        error = timedelta(seconds=off_s * share)
        pressed_at = self.now.at + error
        jpeg = b"jpeg %d" % self.presses
        taken = photo(
            self.presses,
            jpeg,
            taken_at=pressed_at + timedelta(seconds=lag_s),
            taken_at_uncertainty_s=off_s,
            pressed_at=pressed_at if event_came else None,
        )
        expired = self.truly_until_s is not None and self.true_s >= self.truly_until_s
        self.travelling.append(Pressed(taken, None if expired else self.truly, jpeg))

    @rule()
    def reset_of_the_camera(self) -> None:
        """Its clock begins again: of what is still there, nobody knows the time."""
        self.timeline = self.timeline.connected(self.now)
        self.travelling = [
            Pressed(
                photo(
                    int(one.taken.press_number or 0),
                    one.jpeg,
                    taken_at=None,
                    taken_at_uncertainty_s=None,
                ),
                one.truly,
                one.jpeg,
            )
            for one in self.travelling
        ]

    @rule()
    def reconnect(self) -> None:
        self.timeline = self.timeline.connected(self.now)

    @rule(by_s=st.sampled_from([-3600.0, -60.0, -5.0, 5.0, 3600.0]), noticed=st.booleans())
    def the_hosts_clock_is_set(self, by_s: float, noticed: bool) -> None:
        """What is under way is brought to the new time of day, as the SDK's clock filter does."""
        self.set_by_s += by_s
        moved = timedelta(seconds=by_s)
        self.travelling = [
            one
            if one.taken.taken_at is None
            else Pressed(
                photo(
                    int(one.taken.press_number or 0),
                    one.jpeg,
                    taken_at=one.taken.taken_at + moved,
                    taken_at_uncertainty_s=one.taken.taken_at_uncertainty_s,
                    pressed_at=one.taken.pressed_at and one.taken.pressed_at + moved,
                ),
                one.truly,
                one.jpeg,
            )
            for one in self.travelling
        ]
        if noticed:
            self.timeline = self.timeline.connected(self.now)

    @precondition(lambda self: self.travelling)
    @rule(data=st.data())
    def arrive(self, data: st.DataObject) -> None:
        """In any order; twice, if the host was killed before it knew."""
        one = self.travelling.pop(data.draw(st.integers(0, len(self.travelling) - 1)))
        self._take_in(one)
        self._take_in(one)
        self.arrived.append(one)

    def _take_in(self, one: Pressed) -> None:
        if self.store.known(one.taken) is not None:
            return
        said = self.timeline.assign(one.taken, self.now)
        if isinstance(said, Assigned):
            assert one.truly is not None, "nobody was armed"
            assert said.patient.is_same_patient(one.truly), "another patient was armed"
            self.store.keep(make_record(one.taken, said.patient, VisitIds.new()), one.jpeg)
        else:
            assert len({one.identity for one in said.candidates}) == len(said.candidates)
            self.quarantine.keep(one.taken, said, one.jpeg)

    @invariant()
    def every_photo_is_somewhere_once(self) -> None:
        kept = [*self.store.ids(), *self.quarantine.ids()]
        assert len(kept) == len(set(kept)) == len(self.arrived)

    @invariant()
    def the_screen_shows_who_is_armed(self) -> None:
        shown = self.timeline.armed(self.now.at)
        if self.timeline.clock_was_set(self.now):
            return  # and is told so
        expired = self.truly_until_s is not None and self.true_s >= self.truly_until_s
        if self.truly_until_s is None or abs(self.true_s - self.truly_until_s) > 0.001:
            truly = None if self.truly is None or expired else self.truly
            assert (shown and shown.identity) == (truly and truly.identity)


TestSurgery = Surgery.TestCase
TestSurgery.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
