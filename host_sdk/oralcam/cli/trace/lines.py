"""One line of a printed trace, and how a run of DATA frames becomes one."""

from __future__ import annotations

import json
from typing import TextIO

from oralcam.cli.terminal import paint
from oralcam.trace.decoded import DecodedFrame, Seen
from oralcam.trace.messages import name_of
from oralcam_protocol.wire.enums import Kind

ARROWS = {"camera": "→", "host": "←"}
COLOURS = {"camera": "green", "host": "yellow"}


class Described:
    """The content of one line: a frame or a run of DATA frames, bytes outside, a note."""

    def __init__(
        self, at_s: float, to: str, fields: dict[str, object], text: str, alarm: bool = False
    ) -> None:
        self.at_s = at_s
        self.to = to
        self.text = text
        self.alarm = alarm
        self._fields = fields

    @property
    def undecodable(self) -> bool:
        """True for a message that this version's codec refuses."""
        return "undecodable" in self._fields

    def as_json(self) -> str:
        """Return the line for programs."""
        head: dict[str, object] = {"at": round(self.at_s, 6)}
        return json.dumps(head | ({"to": self.to} if self.to else {}) | self._fields, ensure_ascii=False)

    def as_line(self, stream: TextIO) -> str:
        """Return the line for people."""
        arrow = ARROWS.get(self.to, " ")
        line = f"{self.at_s:10.4f} {arrow} {self.text}"
        colour = "red" if self.alarm else COLOURS.get(self.to)
        return paint(line, colour, stream) if colour else line


class Run:
    """A run of DATA frames of one transfer, each going on where the last one ended."""

    def __init__(self, first: DecodedFrame) -> None:
        self.first = first
        self.frames = 0
        self.size = 0

    def goes_on(self, frame: Seen) -> bool:
        """Tell whether `frame` is the next one."""
        first = self.first
        return (
            isinstance(frame, DecodedFrame)
            and (frame.kind, frame.to, frame.session, frame.id)
            == (first.kind, first.to, first.session, first.id)
            and frame.arg == first.arg + self.size
        )

    def add(self, frame: DecodedFrame) -> None:
        """Add the frame to the run."""
        self.frames += 1
        self.size += len(frame.payload)

    def described(self) -> Described:
        """Return the run as one line."""
        first = self.first
        fields = about(first) | {"offset": first.arg, "size": self.size, "frames": self.frames}
        many = f" ({self.frames} frames)" if self.frames > 1 else ""
        return Described(
            first.at_s, first.to, fields, f"{label(first)} offset={first.arg} +{self.size}{many}"
        )


def about(frame: DecodedFrame) -> dict[str, object]:
    """Return a frame's header for programs."""
    return {
        "kind": name_of(Kind, frame.kind),
        "session": frame.session,
        "id": frame.id,
        "arg": frame.arg,
    }


def label(frame: DecodedFrame) -> str:
    """Return a frame's header for people."""
    return f"{name_of(Kind, frame.kind):7} {frame.session:5} {frame.id:5}"
