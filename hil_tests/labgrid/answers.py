"""The answers of `labgrid-client`, as values. It has no JSON for places, resources and reservations.

Source: labgrid 26.0.1, `show`, `-v places`, `reserve`, `wait` and `reservations`; recorded in
tests/unit/labgrid/answers.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from textwrap import dedent

from hil_tests.labgrid.errors import UnexpectedAnswer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOBODY = "None"
PLACE = re.compile(r"Place '(?P<name>.*)':")
RESOURCE = re.compile(r"(?P<kind>Acquired|Matching|Orphaned) resource '(?P<name>.*)' \((?P<path>.+)\):?")
RESERVATION = re.compile(r"Reservation '.*':")
FIELD = re.compile(r"  (?P<key>[a-z]+):(?: (?P<value>.*))?")


@dataclass(frozen=True)
class Resource:
    """One resource of a place: `path` is exporter/group/class/name, `parameters` what its exporter tells."""

    name: str
    path: str
    kind: str = ""
    available: bool = False
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PlaceState:
    """A place as the coordinator sees it now; `holder` is host/user, "" if it is free."""

    name: str
    tags: Mapping[str, str] = field(default_factory=dict)
    holder: str = ""
    reservation: str = ""
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True)
class Reservation:
    """A reservation. `state` is waiting, allocated, acquired, expired or invalid; `owner` is host/user."""

    token: str
    owner: str
    state: str
    place: str = ""


def read_places(text: str) -> tuple[PlaceState, ...]:
    """Read the answer to `show` (one place and its resources) or to `-v places` (all, without).

    Raises `UnexpectedAnswer` if the text is anything else.
    """
    states: list[PlaceState] = []
    for title, body in _blocks(text):
        place = PLACE.fullmatch(title)
        if place is not None:
            states.append(_place(place["name"], body))
            continue
        if RESOURCE.fullmatch(title) is None or not states:
            raise _unexpected(title)
        last = states.pop()
        resources = (*last.resources, _resource(title, body))
        states.append(PlaceState(last.name, last.tags, last.holder, last.reservation, resources))
    return tuple(states)


def read_reservations(text: str) -> tuple[Reservation, ...]:
    """Read the answer to `reserve` or `reservations`.

    Raises `UnexpectedAnswer` if it is anything else.
    """
    reservations = []
    for title, body in _blocks(text):
        if RESERVATION.fullmatch(title) is None:
            raise _unexpected(title)
        fields = _fields(body)
        try:
            found = Reservation(fields["token"], fields["owner"], fields["state"], _allocated(body))
        except KeyError as error:
            raise _unexpected(title) from error
        reservations.append(found)
    return tuple(reservations)


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each title with the lines below it.

    Any other line belongs to the block: a comment may have several.
    """
    title: str | None = None
    body: list[str] = []
    for line in text.splitlines():
        if any(pattern.fullmatch(line) for pattern in (PLACE, RESOURCE, RESERVATION)):
            if title is not None:
                yield title, body
            title, body = line, []
        elif title is not None:
            body.append(line)
        elif line.strip():
            raise _unexpected(line)
    if title is not None:
        yield title, body


def _fields(body: list[str]) -> dict[str, str]:
    """Return the `key: value` lines; of one that comes twice the last, so that a comment cannot pose
    as one.
    """
    found = {}
    for line in body:
        match = FIELD.fullmatch(line)
        if match is not None:
            found[match["key"]] = match["value"] or ""
    return found


def _place(name: str, body: list[str]) -> PlaceState:
    fields = _fields(body)
    if "acquired" not in fields:
        raise _unexpected(f"Place '{name}'")
    tags = dict(pair.split("=", 1) for pair in fields.get("tags", "").split(", ") if "=" in pair)
    holder = fields["acquired"]
    return PlaceState(name, tags, "" if holder == NOBODY else holder, fields.get("reservation", ""))


def _resource(title: str, body: list[str]) -> Resource:
    match = RESOURCE.fullmatch(title)
    assert match is not None
    if match["kind"] == "Orphaned":
        return Resource(match["name"], match["path"])
    try:
        told = ast.literal_eval(dedent("\n".join(body)))
        return Resource(
            match["name"], match["path"], str(told["cls"]), told["avail"] is True, dict(told["params"])
        )
    except (ValueError, SyntaxError, TypeError, KeyError, RecursionError, MemoryError) as error:
        raise _unexpected(title) from error


def _allocated(body: list[str]) -> str:
    """Return the place that a reservation got; "" if none yet."""
    lines = [line.strip() for line in body]
    if "allocations:" not in lines:
        return ""
    after = lines[lines.index("allocations:") + 1 :]
    return after[0].partition(": ")[2] if after else ""


def _unexpected(line: str) -> UnexpectedAnswer:
    return UnexpectedAnswer(
        f"labgrid-client answered {line[:80]!r}, which is not what version 26.0.1 prints:"
        " `make labgrid` installs that version."
    )
