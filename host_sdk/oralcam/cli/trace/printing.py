"""A trace for people and, as JSON lines, for programs: a line for each frame, and one for a run of DATA."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from oralcam.cli.trace.lines import Described, Run, about, label
from oralcam.cli.trace.statistics import Statistics
from oralcam.trace.decoded import DecodedFrame, Note, Outside, Seen
from oralcam.trace.messages import as_fields, as_text, message_of, name_of
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.errors import DecodeError

SAMPLE = 16  # bytes of what was damaged


class Describer:
    """The writer of lines from what was seen; it knows which request an answer belongs to."""

    def __init__(self, *, fold: bool) -> None:
        self._fold = fold
        self._run: Run | None = None
        self._opcodes: dict[tuple[int, int], int] = {}

    def lines(self, trace: Iterable[Seen]) -> Iterator[Described]:
        """Yield everything, in order."""
        for seen in trace:
            if self._run is not None and not (self._fold and self._run.goes_on(seen)):
                yield self._run.described()
                self._run = None
            if isinstance(seen, DecodedFrame) and seen.kind == Kind.DATA:
                self._run = self._run or Run(seen)
                self._run.add(seen)
            else:
                yield self._line(seen)
        if self._run is not None:
            yield self._run.described()

    def _line(self, seen: Seen) -> Described:
        if isinstance(seen, Note):
            return Described(seen.at_s, "", {"note": seen.text}, f"# {seen.text}")
        if isinstance(seen, Outside):
            return _outside(seen)
        opcode = self._opcode(seen)
        fields: dict[str, object] = about(seen)
        words = [label(seen)]
        if opcode:
            fields["opcode"] = name_of(Opcode, opcode)
            words.append(name_of(Opcode, opcode))
        extra = _argument(seen)
        alarm = seen.kind == Kind.ERR
        try:
            message = message_of(seen, opcode)
            if message is not None:
                fields["message"] = as_fields(message)
                extra |= as_fields(message)
        except DecodeError as error:
            fields["undecodable"] = str(error)
            words.append(f"cannot be decoded: {error}")
            alarm = True
        return Described(seen.at_s, seen.to, fields, " ".join([*words, as_text(extra)]).rstrip(), alarm)

    def _opcode(self, frame: DecodedFrame) -> int:
        """Return the opcode of the request that the frame is about; 0 if it is about none."""
        key = (frame.session, frame.id)
        if frame.kind == Kind.REQ:
            self._opcodes[key] = frame.arg
        if frame.kind in (Kind.REQ, Kind.RSP, Kind.ERR, Kind.PENDING):
            return self._opcodes.get(key, frame.arg if frame.kind != Kind.PENDING else 0)
        return 0


def _argument(frame: DecodedFrame) -> dict[str, object]:
    """Return what `arg` says, where it is no opcode."""
    if frame.kind == Kind.PENDING:
        return {"more_ms": frame.arg}
    if frame.kind == Kind.CREDIT:
        return {"limit": frame.arg}
    if frame.kind == Kind.END:
        return {"size": frame.arg}
    if frame.kind == Kind.RESUME:
        return {"offset": frame.arg, "limit": int.from_bytes(frame.payload[:4], "little")}
    return {}


def _outside(seen: Outside) -> Described:
    text = seen.text
    if text is not None:
        return Described(seen.at_s, seen.to, {"console": text}, f"says    {text.rstrip()!r}")
    sample = seen.data[:SAMPLE].hex(" ") + (" …" if len(seen.data) > SAMPLE else "")
    fields: dict[str, object] = {"damaged": len(seen.data)}
    return Described(seen.at_s, seen.to, fields, f"damaged {len(seen.data)} bytes: {sample}", alarm=True)


def print_trace(trace: Iterable[Seen], stream: TextIO, *, as_json: bool, fold: bool) -> None:
    """Write a line for everything, then the statistics."""
    statistics = Statistics()
    for line in Describer(fold=fold).lines(statistics.watch(trace)):
        print(line.as_json() if as_json else line.as_line(stream), file=stream)
    print(json.dumps({"statistics": statistics.as_dict()}) if as_json else statistics.as_text(), file=stream)
