"""`read`: the metadata of a tagged photo, from its own bytes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from oralcam.errors import DamagedJpeg, InvalidMetadata
from oralcam.jpeg.applications import XMP, exif_of, holds
from oralcam.jpeg.exif_reader import fields_of, fits
from oralcam.jpeg.fields import FIELDS, NAMESPACE, Kind
from oralcam.jpeg.metadata import LightZone, PhotoMetadata
from oralcam.jpeg.soundness import require_whole
from oralcam.jpeg.walk import Segment, Walk
from oralcam.jpeg.xmp_reader import packet_of
from oralcam.jpeg.xmp_writer import DC, PHOTOSHOP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.jpeg.xmp_reader import Item

_UNLIKE_OURS = (
    "The XMP metadata in this photo is not as oralcam writes it: another program has changed it, or it is "
    "damaged. Tag the untouched photo again."
)


def read(jpeg: bytes) -> PhotoMetadata:
    """Return what `tag` wrote, as far as its privacy let it.

    What other programs wrote in the same places is returned too. Raises `DamagedJpeg` if the file cannot be
    walked to its end, or if our own part of the XMP does not hold what `tag` writes there.
    """
    walk = Walk(jpeg)
    first: dict[str, Segment] = {}
    for segment in walk.segments():
        first.setdefault(holds(jpeg, segment), segment)
    require_whole(walk.damage)
    found: dict[str, Any] = {}
    if "XMP" in first:
        found.update(_fields(packet_of(jpeg[first["XMP"].body + len(XMP) : first["XMP"].end])))
    exif = exif_of(jpeg, first["Exif"]) if "Exif" in first else None
    if exif is not None:
        found.update(fields_of(exif))
    try:
        return PhotoMetadata(**found)
    except InvalidMetadata:
        raise DamagedJpeg(_UNLIKE_OURS) from None


def _fields(packet: dict[str, list[Item]]) -> dict[str, Any]:
    """Return the fields of both segments.

    Ours are read strictly; what is unfit elsewhere is another program's, and left out.
    """
    found: dict[str, Any] = {"description": _text(packet, f"{DC} description")}
    try:
        found["taken_at"] = datetime.fromisoformat(_text(packet, f"{PHOTOSHOP} DateCreated"))
    except ValueError:
        pass  # not there, or not as we write it
    found = {name: value for name, value in found.items() if fits(name, value)}
    try:
        for field in FIELDS:
            items = packet.get(f"{NAMESPACE} {field.ours}")
            if field.ours and items:
                found[field.name] = _ours(field.kind, items)
    except (ValueError, KeyError, TypeError):
        raise DamagedJpeg(_UNLIKE_OURS) from None
    return found


def _text(packet: dict[str, list[Item]], name: str) -> str:
    item = next(iter(packet.get(name, [])), "")
    return item if isinstance(item, str) else ""


def _ours(kind: Kind, items: list[Item]) -> Any:
    if kind is Kind.LIGHT:
        return tuple(_zone(item) for item in items)
    texts = [item for item in items if isinstance(item, str)]
    if kind is Kind.WORDS:
        return tuple(texts)
    (text,) = texts  # ValueError: not one
    if kind is Kind.NUMBER:
        return float(text)
    return date.fromisoformat(text) if kind is Kind.DATE else text


def _zone(item: Item) -> LightZone:
    if isinstance(item, str):
        raise TypeError
    parts = {name: item[f"{NAMESPACE} {name}"] for name in ("Zone", "Level", "CurrentMilliampere")}
    return LightZone(parts["Zone"], float(parts["Level"]), float(parts["CurrentMilliampere"]))
