"""The XMP packet of a tagged photo (ISO 16684-1), UTF-8: standard properties, and our own namespace."""

from __future__ import annotations

from xml.sax.saxutils import escape

from oralcam.jpeg.applications import XMP
from oralcam.jpeg.fields import FIELDS, NAMESPACE, PREFIX, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from oralcam.jpeg.metadata import PhotoMetadata

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"

_NAMESPACES = (
    ("rdf", RDF),
    ("dc", DC),
    ("photoshop", PHOTOSHOP),
    ("Iptc4xmpExt", IPTC_EXTENSION),
    (PREFIX, NAMESPACE),
)
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
_END = '</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'


def xmp(metadata: PhotoMetadata) -> bytes:
    """Return the body of an APP1 segment, identifier included."""
    names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES)
    lines = [f'<rdf:RDF{names}>\n<rdf:Description rdf:about="">']
    if metadata.person:
        lines.append(_list("Iptc4xmpExt:PersonInImage", "Bag", [_item(escape(metadata.person))]))
    if metadata.description:
        text = f'<rdf:li xml:lang="x-default">{escape(metadata.description)}</rdf:li>'
        lines.append(_list("dc:description", "Alt", [text]))
    if metadata.taken_at is not None:
        lines.append(_element("photoshop:DateCreated", metadata.taken_at.isoformat()))
    for field in FIELDS:
        value = getattr(metadata, field.name)
        if field.ours and value not in ("", None, ()):
            lines.append(_ours(f"{PREFIX}:{field.ours}", field.kind, value))
    return XMP + (_BEGIN + "\n".join(lines) + "\n" + _END).encode("utf-8")


def _ours(name: str, kind: Kind, value: Any) -> str:
    if kind is Kind.WORDS:
        return _list(name, "Seq", [_item(escape(word)) for word in value])
    if kind is Kind.LIGHT:
        return _list(name, "Seq", [_zone(zone) for zone in value])
    if kind is Kind.NUMBER:
        return _element(name, repr(float(value)))
    return _element(name, value.isoformat() if kind is Kind.DATE else escape(value))


def _zone(zone: Any) -> str:
    parts = (("Zone", escape(zone.zone)), ("Level", repr(float(zone.level))))
    inside = "".join(
        _element(f"{PREFIX}:{name}", text)
        for name, text in (*parts, ("CurrentMilliampere", repr(float(zone.current_ma))))
    )
    return f'<rdf:li rdf:parseType="Resource">{inside}</rdf:li>'


def _element(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>"


def _item(text: str) -> str:
    return _element("rdf:li", text)


def _list(name: str, kind: str, items: Iterable[str]) -> str:
    return _element(name, _element(f"rdf:{kind}", "".join(items)))
