"""A recording with one side as it was and the other as it is now: here the SDK is the one of now."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from oralcam.camera import Camera
from oralcam.cli.trace.printing import Describer
from oralcam.errors import OralcamError
from oralcam.events.event import NAMES
from oralcam.trace.decoded import decode_trace
from oralcam.trace.recorder import read_trace
from tools.trace.calls import PATIENCE_S, calls_of
from tools.trace.recorded_camera import RecordedCamera
from tools.trace.session import RecordedSession, recorded_sessions


@dataclass(frozen=True)
class Replayed:
    """The outcome of a replay; no differences mean: as recorded."""

    differences: list[str]
    summary: str


class NothingToReplay(OralcamError):
    """The trace holds no session that can be replayed."""

    code = "nothing-to-replay"
    exit_code = 2


def sessions_of(file: Path) -> list[RecordedSession]:
    """Return the sessions in a trace. Raises `NotATrace`, `NothingToReplay`."""
    sessions = recorded_sessions(decode_trace(read_trace(file)))
    if not sessions:
        raise NothingToReplay(f"{file} holds no session: record from before the camera is opened.")
    return sessions


def unreadable_in(file: Path) -> list[str]:
    """Return what was said then and this version's codec refuses: no replay can be right.

    Raises `NotATrace`.
    """
    lines = Describer(fold=True).lines(decode_trace(read_trace(file)))
    return [f"this cannot be read any more: {line.text}" for line in lines if line.undecodable]


def replay_on_sdk(file: Path) -> Replayed:
    """Be the recorded camera; the present SDK does what the recorded host did.

    Raises `NothingToReplay` for a recording in which the port hung up between two sessions, too.
    """
    unreadable = unreadable_in(file)
    if unreadable:
        return Replayed(unreadable, "")
    sessions = sessions_of(file)
    if not all(session.ended for session in sessions[:-1]):
        raise NothingToReplay(
            f"In {file} the port hung up in the middle: that can be printed, and replayed with --camera."
        )
    differences: list[str] = []
    with tempfile.TemporaryDirectory(prefix="oralcam-replay-") as folder:
        with RecordedCamera(sessions) as recorded:
            for number, session in enumerate(sessions):
                differences += _relive(session, recorded.port, Path(folder) / str(number))
        differences += recorded.script.differences
    photos = sum(len(session.digests()) for session in sessions)
    events = sum(len(session.events()) for session in sessions)
    summary = (
        f"{recorded.script.requests} requests, {events} events, {photos} photos with the SHA-256 they had"
    )
    return Replayed(differences, summary)


def _relive(session: RecordedSession, port: str, spool: Path) -> list[str]:
    """Run one session with the present SDK; return what was different."""
    try:
        with Camera.open(port, spool=spool) as camera:
            found = [call.do(camera) for call in calls_of(session)]
            differences = [difference for difference in found if difference is not None]
            # where a request failed, events that came of it then do not come now
            return differences + _events(session, camera, PATIENCE_S if not differences else 0)
    except OralcamError as error:
        return [f"the camera could not be opened: {error}"]


def _events(session: RecordedSession, camera: Camera, patience_s: float) -> list[str]:
    """Return what is wrong with the events: every recorded one must arrive, once, in order."""
    newest = session.hello.newest_event
    events_then = [event for event in session.events() if event.number > newest]
    then = [(event.number, NAMES.get(event.type, f"event{event.type}")) for event in events_then]
    now: list[tuple[int, str]] = []
    reader = camera._event_reader(place=0)
    while len(now) < len(then):
        events = reader.batch(patience_s)
        if not events:
            break
        now += [(event.number, event.type) for event in events]
    return [] if now == then else [f"events {now} arrived, then {then}"]
