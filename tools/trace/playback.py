"""Sends what a recorded camera sent for one request, under a live session's numbers and within its credit."""

from __future__ import annotations

from typing import TypeGuard

from oralcam.trace.decoded import DecodedFrame, Outside
from oralcam_protocol.wire.codec import FetchRequest
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.frame import encode_frame
from tools.trace.session import Cue, Step


class Playback:
    """The steps of a cue; `take` gives what may go now.

    A transfer that the recorded host had to ask for again comes in as many passes: each but the first waits
    for the live host's RESUME, and is sent if that asks for the offset at which it starts. A RESUME that the
    recording does not have is answered from the pieces that arrived then.
    """

    def __init__(self, cue: Cue, session: int, id: int, payload: bytes) -> None:
        self._session = session
        self._id = id
        self._passes = passes(cue)
        self._pieces = {frame.arg: frame for frame in cue.of_kind(Kind.DATA)}
        self._ends = cue.of_kind(Kind.END)
        self._limit = FetchRequest.unpack(payload).limit if cue.opcode == Opcode.FETCH else 0
        self._waiting = self._passes.pop(0)

    def take(self) -> list[tuple[Step, bytes]]:
        """Return the steps that may go now, and their bytes."""
        going = []
        while self._waiting and self._allowed(self._waiting[0]):
            step = self._waiting.pop(0)
            going.append((step, self._encoded(step)))
        return going

    def credit(self, limit: int) -> None:
        """Note that the host takes bytes up to `limit`."""
        self._limit = max(self._limit, limit)

    def resume(self, offset: int, limit: int) -> None:
        """Note that the host misses everything from `offset` on."""
        self._limit = limit
        pieces = [step for step in self._passes[0] if _is_piece(step)] if self._passes else []
        if pieces and pieces[0].arg == offset:
            self._waiting = self._passes.pop(0)
            return
        self._waiting = [frame for place, frame in sorted(self._pieces.items()) if place >= offset]
        self._waiting += self._ends[-1:]

    def _allowed(self, step: Step) -> bool:
        return not _is_piece(step) or step.arg + len(step.payload) <= self._limit

    def _encoded(self, step: Step) -> bytes:
        if isinstance(step, Outside):
            return step.data
        id = step.id if step.kind == Kind.EVENT else self._id
        return encode_frame(step.kind, self._session, id, step.arg, step.payload)


def _is_piece(step: Step) -> TypeGuard[DecodedFrame]:
    return isinstance(step, DecodedFrame) and step.kind == Kind.DATA


def passes(cue: Cue) -> list[list[Step]]:
    """Return the steps, cut where the camera went back because the host had sent RESUME."""
    cut: list[list[Step]] = [[]]
    resumes = list(cue.resumed_at)
    reached = 0
    ended = False
    for place, step in enumerate(cue.steps):
        if isinstance(step, DecodedFrame) and step.kind in (Kind.DATA, Kind.END):
            back = ended or (step.kind == Kind.DATA and step.arg < reached)
            if back and resumes and resumes[0] <= place:
                resumes.pop(0)
                cut.append([])
            ended = step.kind == Kind.END
            reached = step.arg + len(step.payload) if step.kind == Kind.DATA else reached
        cut[-1].append(step)
    return cut
