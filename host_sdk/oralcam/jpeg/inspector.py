"""`inspect`: what a JPEG file is, from its own bytes, without decoding it."""

from __future__ import annotations

from oralcam.jpeg.facts import JpegFacts
from oralcam.jpeg.inspection import Inspection
from oralcam.jpeg.verdict import notes_on, unsupported_because
from oralcam.jpeg.walk import Walk

MOST_PADDING = 4096  # bytes behind the end: what sensors and their DMA buffers leave there


def inspect(data: bytes) -> JpegFacts:
    """Return the facts about any bytes. What is wrong with them stands in `damage`; nothing is raised.

    Time grows linearly with the size, memory with the number of markers, at most 1,000. The pixels are not
    decoded: of the entropy-coded data, the extent, the restart markers and the least length are checked.
    """
    walk = Walk(data)
    inspection = Inspection(walk)
    for segment in walk.segments():
        inspection.take(segment)
    return _facts_of(inspection)


def _facts_of(seen: Inspection) -> JpegFacts:
    frame, walk, said = seen.frame, seen.walk, seen.applications
    trailing = 0 if walk.eoi is None else len(walk.data) - walk.eoi - 2
    padded = walk.eoi is not None and _padded(walk.data, walk.eoi + 2)
    seen.complain_of_the_whole(0 if padded else trailing)
    return JpegFacts(
        size=len(walk.data),
        frame=frame.name if frame else "",
        process=frame.process if frame else "",
        precision=frame.precision if frame else 0,
        width=frame.width if frame else 0,
        height=frame.height if frame else 0,
        components=frame.components if frame else (),
        chroma=frame.chroma if frame else "",
        colour=frame.colour(said.jfif, said.adobe_transform) if frame else "unknown",
        restart_interval=seen.restart_interval,
        restart_markers=seen.restart_markers,
        restarts_in_order=seen.restarts_in_order,
        segments=tuple(said.segments),
        thumbnails=tuple(said.thumbnails),
        entropy=tuple(seen.entropy),
        icc=bool(said.icc_parts),
        orientation=said.orientation,
        junk_before=walk.soi or 0,
        eoi=walk.eoi,
        trailing=trailing,
        damage=tuple(walk.damage),
        unsupported=unsupported_because(seen),
        notes=notes_on(seen, trailing if padded else 0),
    )


def _padded(data: bytes, at: int) -> bool:
    """Tell whether the end is followed by nothing but a little filling, all 00 or all FF."""
    rest = len(data) - at
    return rest <= MOST_PADDING and rest in (data.count(b"\0", at), data.count(b"\xff", at))
