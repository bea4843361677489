"""A recording of what went over a link, both ways, with times: written as it happens, read again afterwards.

A trace is text, one JSON object a line. The first line says what it is, every other line is an `Entry`:

    {"oralcam_trace": 1, "version": "0.1.0", "began": "2026-01-31T09:30:00+00:00"}
    {"at": 0.001234, "to": "camera", "data": "wWERAA…"}
    {"at": 2.500000, "note": "the port hung up"}

`data` is base64 of bytes as they were written or read: a frame may stand in several entries, or several in
one. A reader passes over keys and entries that it does not know. `oralcam trace print FILE` shows it.
"""

from __future__ import annotations

import binascii
import os
import threading
import time

from oralcam.errors import NotATrace, OutputNotWritable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

FORMAT = 1
PRIVATE = 0o600  # a trace holds photos
DAMAGED = (ValueError, KeyError, TypeError, OverflowError, RecursionError)  # what such a line makes of json


class Entry:
    """One line: `data` that went `to` the "camera" or the "host", or a `note`, where `to` is ""."""

    __slots__ = ("at_s", "data", "note", "to")

    def __init__(self, at_s: float, to: str = "", data: bytes = b"", note: str = "") -> None:
        self.at_s = at_s
        self.to = to
        self.data = data
        self.note = note

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Entry({self.at_s!r}, {self.to!r}, {self.data!r}, {self.note!r})"


class Recorder:
    """The writer of a trace; any thread may call any method, and none of them raises.

    Every entry goes to the operating system at once, so that a trace survives the program's death. When the
    disk fills, recording stops with one warning in the log and the session goes on: `lost` counts what is
    missing then. Raises `OutputNotWritable` if the file cannot be made; a file that is there is replaced.
    """

    def __init__(self, path: str | os.PathLike[str], *, now: Callable[[], float] = time.monotonic) -> None:
        from datetime import datetime, timezone

        from oralcam.version import __version__

        self.lost = 0  # entries
        self._path = os.fspath(path)
        self._now = now
        self._stopped = False
        self._turn = threading.Lock()
        began = datetime.now(timezone.utc).isoformat(timespec="seconds")
        header = f'{{"oralcam_trace": {FORMAT}, "version": "{__version__}", "began": "{began}"}}\n'
        self._descriptor = _create(self._path, header)
        self._start_s = now()

    def sent(self, data: bytes) -> None:
        """Record that bytes went to the camera."""
        self._add("camera", data)

    def received(self, data: bytes) -> None:
        """Record that bytes came from the camera."""
        self._add("host", data)

    def note(self, text: str) -> None:
        """Record that something else happened, such as "the port hung up"."""
        import json

        with self._turn:
            self._put(f'"at": {self._at_s():.6f}, "note": {json.dumps(text)}')

    def close(self) -> None:
        """Complete the trace. What comes later is ignored."""
        with self._turn:
            if self._descriptor >= 0:
                os.close(self._descriptor)
            self._descriptor = -1

    def _at_s(self) -> float:
        return self._now() - self._start_s

    def _add(self, to: str, data: bytes) -> None:
        with self._turn:  # times ascend: they are taken inside
            text = binascii.b2a_base64(data, newline=False).decode("ascii")
            self._put(f'"at": {self._at_s():.6f}, "to": "{to}", "data": "{text}"')

    def _put(self, fields: str) -> None:
        if self._descriptor < 0:
            self.lost += self._stopped
            return
        line = memoryview(f"{{{fields}}}\n".encode("ascii"))
        try:
            while line:
                line = line[os.write(self._descriptor, line) :]
        except OSError as error:
            self._stop(error)

    def _stop(self, error: OSError) -> None:
        import logging

        self.lost += 1
        self._stopped = True
        os.close(self._descriptor)
        self._descriptor = -1
        logging.getLogger("oralcam").warning(
            "the trace %s cannot be written any more (%s): it ends here", self._path, error.strerror
        )


def _create(path: str, header: str) -> int:
    """Make a file with nothing but the header, that nobody else may read."""
    refusal = f"The trace {path} cannot be written"
    if os.path.exists(path) and not os.path.isfile(path):
        raise OutputNotWritable(f"{refusal}: it is not an ordinary file; name another one.")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, PRIVATE)
    except OSError as error:
        raise OutputNotWritable(f"{refusal} ({error.strerror}); name another file.") from error
    try:
        if hasattr(os, "fchmod"):  # a file that was there keeps its mode otherwise
            os.fchmod(descriptor, PRIVATE)
        os.write(descriptor, header.encode("ascii"))
    except OSError as error:
        os.close(descriptor)
        raise OutputNotWritable(f"{refusal} ({error.strerror}); name another file.") from error
    return descriptor


def read_header(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return the first line: "version" of the SDK that recorded it, "began" in UTC. Raises `NotATrace`."""
    return _header(path, next(_lines(path), b""))


def read_trace(path: str | os.PathLike[str]) -> Iterator[Entry]:
    """Yield the entries in order. A last line that was not finished is passed over. Raises `NotATrace`."""
    lines = _lines(path)
    _header(path, next(lines, b""))
    for number, line in enumerate(lines, start=2):
        if not line.endswith(b"\n"):
            return  # the program died, or the disk was full, in the middle of it
        try:
            entry = _entry(line)
        except DAMAGED as error:
            raise NotATrace(
                f"Line {number} of {os.fspath(path)} is damaged: record the trace again."
            ) from error
        if entry is not None:
            yield entry


def _lines(path: str | os.PathLike[str]) -> Iterator[bytes]:
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError as error:
        raise NotATrace(f"{os.fspath(path)} cannot be read ({error.strerror}).") from error


def _header(path: str | os.PathLike[str], line: bytes) -> dict[str, Any]:
    import json

    try:
        header = json.loads(line)
        number = header["oralcam_trace"]
    except DAMAGED:
        raise NotATrace(
            f"{os.fspath(path)} is not a trace: record one with `oralcam --trace FILE …`."
        ) from None
    if number != FORMAT:
        raise NotATrace(f"{os.fspath(path)} is a trace of format {number}, this program reads {FORMAT}.")
    return dict(header)


def _entry(line: bytes) -> Entry | None:
    import base64
    import json

    fields = json.loads(line)
    at_s = float(fields["at"])
    if "note" in fields:
        return Entry(at_s, note=str(fields["note"]))
    if fields.get("to") in ("camera", "host"):
        return Entry(at_s, fields["to"], base64.b64decode(fields["data"], validate=True))
    return None  # of a later version
