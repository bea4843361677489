"""The camera's session against a host that repeats, loses and reorders requests; their numbers wrap."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from camera_app.core.session import KEPT_REPLIES, Request, Session
from oralcam.link.requests import AHEAD
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame


def frame_of(session: int, id: int, opcode: int = 3) -> Frame:
    return Decoder().feed(encode_frame(Kind.REQ, session, id & 0xFFFF, opcode, id.to_bytes(4, "little")))[0]


class SessionMachine(RuleBasedStateMachine):
    """The host numbers requests upwards and is never AHEAD or more in front of one without an answer."""

    session: Session

    @initialize(first=st.sampled_from([1, 2, 65_530]), previous=st.integers(0, 0xFFFF))
    def start(self, first: int, previous: int) -> None:
        self.session = Session(previous)
        self._open(first)

    def _open(self, first: int) -> None:
        before = self.session.number
        number = self.session.open(1000, 0)
        assert number not in (0, before)
        self.session._newest = first - 1  # 65,519 requests later
        self.next_id = first
        self.unanswered: set[int] = set()  # the host has no answer yet
        self.carried_out: dict[int, Request] = {}
        self.answers: dict[int, bytes] = {}

    @rule(first=st.sampled_from([1, 65_520]))
    def a_new_session(self, first: int) -> None:
        self.old = self.session.number
        stale = self.session.stale
        self._open(first)
        assert not self.session.admit(frame_of(self.old, 1), 0)
        assert self.session.stale == stale + 1

    @precondition(lambda self: not self.unanswered or self.next_id - min(self.unanswered) < AHEAD)
    @rule(heard=st.booleans())
    def a_request(self, heard: bool) -> None:
        id, self.next_id = self.next_id, self.next_id + 1
        self.unanswered.add(id)
        if heard:
            self._arrive(id)

    @precondition(lambda self: self.unanswered)
    @rule(data=st.data())
    def a_repetition(self, data: st.DataObject) -> None:
        self._arrive(data.draw(st.sampled_from(sorted(self.unanswered))))

    def _arrive(self, id: int) -> None:
        frame = frame_of(self.session.number, id)
        assert self.session.admit(frame, 0)
        request, again = self.session.begin(frame)
        if id in self.carried_out:
            assert request is None, "carried out twice"
            if id in self.answers:
                assert again == self.answers[id]
            else:
                assert again is not None
                assert Decoder().feed(again)[0].kind == Kind.PENDING
        else:
            assert request is not None, "never carried out"
            assert request.payload == id.to_bytes(4, "little")
            self.carried_out[id] = request

    @precondition(lambda self: bool(set(self.carried_out) - set(self.answers)))
    @rule(data=st.data(), lost=st.booleans())
    def an_answer(self, data: st.DataObject, lost: bool) -> None:
        id = data.draw(st.sampled_from(sorted(set(self.carried_out) - set(self.answers))))
        answer = self.session.answer(self.carried_out[id], Kind.RSP, b"done %d" % id)
        assert answer is not None
        self.answers[id] = answer
        if not lost:
            self.unanswered.discard(id)

    @precondition(lambda self: bool(self.unanswered & set(self.answers)))
    @rule(data=st.data())
    def an_answer_that_was_lost_is_asked_for_again(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.unanswered & set(self.answers))))
        self._arrive(id)
        self.unanswered.discard(id)

    @precondition(lambda self: self.carried_out)
    @rule(data=st.data())
    def one_that_was_on_its_way_for_long(self, data: st.DataObject) -> None:
        """The host has its answer; a copy arrives all the same."""
        id = data.draw(st.sampled_from(sorted(self.carried_out)))
        request, _ = self.session.begin(frame_of(self.session.number, id))
        assert request is None, "carried out twice"

    @invariant()
    def memory_is_bounded(self) -> None:
        if hasattr(self, "session"):
            assert len(self.session._replies) <= KEPT_REPLIES


TestSession = SessionMachine.TestCase
TestSession.settings = settings(max_examples=200, stateful_step_count=50, deadline=None, database=None)
