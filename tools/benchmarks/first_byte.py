"""P7: how soon the first byte of a stored photo is here, beside a bare echo and beside a heartbeat."""

from __future__ import annotations

import hashlib
import statistics
import time

import serial

from oralcam.camera import Camera
from oralcam.link.connection import Connection
from oralcam.link.deadlines import Deadlines
from oralcam.link.host import Host
from oralcam.link.reconnecting import ReconnectingLink
from oralcam_protocol.wire.codec import Photo, PhotosReply, PhotosRequest
from oralcam_protocol.wire.enums import Opcode
from tools.benchmarks.measuring import Plan, median_ratio, paired, percentile
from tools.benchmarks.pty_program import ECHO, PtyProgram
from tools.benchmarks.rig import BenchFailed, emulated_camera, press
from tools.benchmarks.table import Row, at_most

PHOTO_BYTES = 20_000  # its first byte does not know how many follow
ASKED = 200  # times a round
PING = bytes(16)
PING_TIMEOUT_S = 2.0
WHAT = "first byte of a stored photo, p99 / raw ping, median"
NOTE = (
    "First byte: from Connection.fetch to the first piece in its sink. Raw ping: 16 bytes from pyserial to a "
    f"MicroPython asyncio echo on a pty and back. {ASKED} of each a round; medians over rounds."
)


class FirstByte:
    """A sink that notes when something came."""

    def __init__(self) -> None:
        self.at = 0.0
        self.received = 0
        self._hash = hashlib.sha256()

    def write(self, piece: memoryview) -> None:
        """Take a piece of the photo."""
        self.at = self.at or time.perf_counter()
        self._hash.update(piece)
        self.received += len(piece)

    def digest(self) -> bytes:
        """Return the digest of the pieces."""
        return self._hash.digest()

    def start_again(self) -> None:
        """Do nothing: nothing is here from an earlier try."""


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P7 about the first byte."""
    with emulated_camera(plan, PHOTO_BYTES) as emulator, PtyProgram("-c", ECHO, blocking=False) as echo:
        with Camera(emulator.port, spool=plan.folder / "spool") as camera:
            press(emulator, camera)  # and leave it there
        with serial.Serial(echo.port, timeout=PING_TIMEOUT_S) as port:
            link = _connect(emulator.port)
            connection = link.connection
            try:
                photo = PhotosReply.unpack(connection.request(Opcode.PHOTOS, PhotosRequest(0).pack())).photos[
                    0
                ]
                subjects = {
                    "first byte": lambda: [_first_byte(connection, photo) for _ in range(ASKED)],
                    "heartbeat": lambda: [_heartbeat(connection) for _ in range(ASKED)],
                    "ping": lambda: [_ping(port) for _ in range(ASKED)],
                }
                times = paired(subjects, plan.rounds, plan.chance("P7 first byte"))
            finally:
                link.close()
    return _rows(times)


def _connect(port: str) -> ReconnectingLink:
    """Return a session with nothing behind it."""
    return ReconnectingLink(
        port,
        Host(),
        Deadlines(),
        on_event=lambda *_: None,
        restore=lambda *_: None,
    )


def _rows(times: dict[str, list[list[float]]]) -> list[Row]:
    typical = {name: [statistics.median(each) for each in rounds] for name, rounds in times.items()}
    worst = {name: [percentile(each, 99) for each in rounds] for name, rounds in times.items()}

    def described(name: str) -> str:
        medians_us = [statistics.median(each[name]) * 1e6 for each in (typical, worst)]
        return f"{medians_us[0]:.0f} us (p99 {medians_us[1]:.0f})"

    first, ping = described("first byte"), described("ping")
    judged = median_ratio(worst["first byte"], typical["ping"])
    alike = median_ratio(worst["first byte"], worst["ping"])
    beat = median_ratio(typical["heartbeat"], typical["ping"])
    return [
        Row("P7", WHAT, first, ping, judged, at_most(5), NOTE),
        Row("P7", "first byte of a stored photo / raw ping, both p99", first, ping, alike, None, NOTE),
        Row(
            "P7", "heartbeat request / raw ping, both median", described("heartbeat"), ping, beat, None, NOTE
        ),
    ]


def _first_byte(connection: Connection, photo: Photo) -> float:
    sink = FirstByte()
    start = time.perf_counter()
    connection.fetch(photo.capture_id, photo.size, sink)
    return sink.at - start


def _heartbeat(connection: Connection) -> float:
    start = time.perf_counter()
    connection.request(Opcode.HEARTBEAT)
    return time.perf_counter() - start


def _ping(port: serial.Serial) -> float:
    start = time.perf_counter()
    port.write(PING)
    if port.read(len(PING)) != PING:
        raise BenchFailed("the echo did not come back")
    return time.perf_counter() - start
