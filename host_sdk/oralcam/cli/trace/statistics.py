"""Statistics of a link: how much went over it, and how well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from oralcam.cli.terminal import aligned
from oralcam.trace.decoded import DecodedFrame, Note, Outside, Seen
from oralcam.trace.messages import name_of
from oralcam_protocol.wire.enums import Kind

HEADINGS = {"camera": "to the camera", "host": "to the host"}


class Statistics:
    """Counts of what passes through `watch`."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.kinds = {to: Counter[str]() for to in HEADINGS}
        self.bytes = Counter[str]()
        self.outside_bytes = Counter[str]()
        self.damaged = Counter[str]()

    def watch(self, trace: Iterable[Seen]) -> Iterator[Seen]:
        """Pass everything on, and count it."""
        for seen in trace:
            self.seconds = max(self.seconds, seen.at_s)
            if isinstance(seen, DecodedFrame):
                self.kinds[seen.to][name_of(Kind, seen.kind)] += 1
                self.bytes[seen.to] += seen.size
            elif isinstance(seen, Outside):
                self.bytes[seen.to] += len(seen.data)
                self.outside_bytes[seen.to] += len(seen.data)
                self.damaged[seen.to] += seen.text is None
            else:
                assert isinstance(seen, Note)
            yield seen

    def as_dict(self) -> dict[str, object]:
        """Return the counts for programs."""
        return {
            "seconds": round(self.seconds, 6),
            **{
                f"to_{to}": {
                    "frames": sum(self.kinds[to].values()),
                    "bytes": self.bytes[to],
                    "bytes_outside_frames": self.outside_bytes[to],
                    "damaged": self.damaged[to],
                    "kinds": dict(self.kinds[to]),
                }
                for to in HEADINGS
            },
        }

    def as_text(self) -> str:
        """Return the counts for people."""
        rows: list[tuple[str, ...]] = [("", "frames", "bytes", "outside frames", "damaged", "")]
        for to, heading in HEADINGS.items():
            kinds = ", ".join(f"{count} {kind}" for kind, count in self.kinds[to].most_common())
            counts = (sum(self.kinds[to].values()), self.bytes[to], self.outside_bytes[to], self.damaged[to])
            rows.append((heading, *(f"{count:,}" for count in counts), kinds))
        return f"\n{self.seconds:.3f} s\n{aligned(rows)}"
