"""Reading an XMP packet (ISO 16684-1) with expat: no entities, and no more than a segment holds."""

from __future__ import annotations

from typing import NamedTuple
from xml.parsers import expat

from oralcam.errors import DamagedJpeg
from oralcam.jpeg.xmp_writer import RDF

DEEPEST = 32  # elements inside each other; ours has 8

Item = str | dict[str, str]  # a text, or the parts of a structure
_LISTS = {f"{RDF} {kind}" for kind in ("Bag", "Seq", "Alt")}
_DESCRIPTION = f"{RDF} Description"
_FOREIGN = (RDF, "http://www.w3.org/XML/1998/namespace")


class _Refused(Exception):
    """The packet holds something that no metadata needs and that can do harm."""


class _Element(NamedTuple):
    name: str
    attributes: dict[str, str]
    children: list[_Element]
    texts: list[str]

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def properties(self) -> dict[str, str]:
        """Return the attributes that are properties; those of RDF and XML themselves are not."""
        return {
            name: value
            for name, value in self.attributes.items()
            if " " in name and not name.startswith(_FOREIGN)
        }


def packet_of(raw: bytes) -> dict[str, list[Item]]:
    """Return the properties of a packet by full name ("namespace local"), each a list of its items.

    RDF has several ways to write one thing. They are understood as far as XMP uses them: a program that
    changes the packet may choose another way. Raises `DamagedJpeg` if the packet is not well-formed XML, or
    has a document type.
    """
    found: dict[str, list[Item]] = {}
    for rdf in _within(_parse(raw), f"{RDF} RDF"):
        for description in rdf.children:
            for name, value in description.properties().items():
                found.setdefault(name, []).append(value)
            for child in description.children:
                found.setdefault(child.name, []).extend(_items(child))
    return found


def _items(element: _Element) -> list[Item]:
    lists = [child for child in element.children if child.name in _LISTS]
    return [_item(each) for each in lists[0].children] if lists else [_item(element)]


def _item(element: _Element) -> Item:
    inner = [child for child in element.children if child.name == _DESCRIPTION]
    holder = inner[0] if inner else element
    parts = {**holder.properties(), **{child.name: child.text for child in holder.children}}
    return parts or element.text


def _within(root: _Element, name: str) -> list[_Element]:
    """Return the root itself or its children that have that name."""
    return [each for each in (root, *root.children) if each.name == name]


def _parse(raw: bytes) -> _Element:
    top = _Element("", {}, [], [])
    path = [top]

    def opened(name: str, attributes: dict[str, str]) -> None:
        if len(path) > DEEPEST:
            raise _Refused
        element = _Element(name, attributes, [], [])
        path[-1].children.append(element)
        path.append(element)

    def refuse(*_: object) -> None:
        raise _Refused

    parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = lambda _: path.pop()
    parser.CharacterDataHandler = lambda text: path[-1].texts.append(text)
    try:
        parser.Parse(raw.rstrip(b"\0"), True)
    except (expat.ExpatError, _Refused):
        raise DamagedJpeg(
            "The XMP metadata in this photo cannot be read: it is not well-formed XML, or declares what no "
            "metadata needs. Tag the untouched photo again."
        ) from None  # expat's own words may hold a piece of it
    return top.children[0]
