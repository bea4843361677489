"""A recording with one side as it was and the other as it is now: here the camera is the one of now."""

from __future__ import annotations

import tempfile
from pathlib import Path

from oralcam.emulator import Emulator
from tools.trace.live_camera import LiveCamera
from tools.trace.operator import BenchHand, Operator, PersonHand
from tools.trace.recorded_host import Differs, RecordedHost
from tools.trace.replaying import Replayed, sessions_of, unreadable_in
from tools.trace.session import RecordedSession


def replay_on_camera(file: Path, port: str) -> Replayed:
    """Be the recorded host of the camera on `port`, or of an "emulator" that is given the recorded photos."""
    unreadable = unreadable_in(file)
    if unreadable:
        return Replayed(unreadable, "")
    sessions = sessions_of(file)
    if port != "emulator":
        return _speak(sessions, port, PersonHand())
    with tempfile.TemporaryDirectory(prefix="oralcam-replay-") as folder:
        photos = _save_photos(sessions, Path(folder))
        with Emulator(replay=folder if photos else None) as emulator:
            return _speak(sessions, emulator.port, BenchHand(emulator.bench))


def _speak(sessions: list[RecordedSession], port: str, operator: Operator) -> Replayed:
    differences: list[str] = []
    hosts: list[RecordedHost] = []
    with LiveCamera(port) as camera:
        for session in sessions:
            hosts.append(RecordedHost(session, camera, operator, hosts[-1] if hosts else None))
            try:
                hosts[-1].run()
            except Differs as reason:
                differences.append(str(reason))
                break
    differences += [difference for host in hosts for difference in host.differences]
    requests, photos = sum(host.requests for host in hosts), sum(host.photos for host in hosts)
    return Replayed(differences, f"{requests} requests with the same kinds of answers, {photos} photos")


def _save_photos(sessions: list[RecordedSession], folder: Path) -> int:
    """Write the photos of the recording, in their order; return how many there were."""
    count = 0
    for session in sessions:
        for number in sorted(session.digests()):
            jpeg = b"".join(piece for _, piece in sorted(session.pieces(number).items()))
            (folder / f"{count:04}.jpg").write_bytes(jpeg)
            count += 1
    return count
