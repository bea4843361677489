"""The `[labgrid]` table of a bench's description: which place, and what its resources are on the bench."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hil_tests.errors import BenchError
from oralcam.files.toml_table import Table

ROLES = ("camera", "rig")
KEYS = ("coordinator", "place", "tags", *ROLES, "wait_s")
VARIABLE = "LG_COORDINATOR"  # labgrid's own, and its own default
COORDINATOR = "127.0.0.1:20408"
WAIT_S = 60.0
LONGEST_WAIT_S = 86400.0
ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:(?P<port>\d{1,5}))?")
NAME = re.compile(r"[^\s=/'+-][^\s=/']*")


@dataclass(frozen=True)
class PlaceSettings:
    """The place that is wanted: `place` names one, or `tags` choose any that carries them all.

    `resources` says for each role on the bench ("camera", "rig") the resource of the place that plays it.
    `wait_s` is how long to wait for a place that somebody else holds.
    """

    coordinator: str = COORDINATOR
    place: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=lambda: {"camera": "camera"})
    wait_s: float = WAIT_S

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters as `labgrid-client reserve` takes them; each place has its name as a tag."""
        return (f"name={self.place}",) if self.place else tuple(f"{k}={v}" for k, v in self.tags.items())

    @property
    def wanted(self) -> str:
        """The wanted place, for people."""
        return f"place {self.place}" if self.place else f"a place with {' '.join(self.filters)}"


def settings_from(table: Table, roles: tuple[str, ...]) -> PlaceSettings:
    """Return what `[labgrid]` says, checked; `roles` are what the place is to be asked for.

    Raises `BenchError` with one sentence.
    """
    place, tags = table.text("place", ""), _tags(table)
    if place and NAME.fullmatch(place) is None:
        raise BenchError(
            f'{table.place} place = "{place}" is not the name of a place: see `labgrid-client places`.'
        )
    if bool(place) == bool(tags):
        raise BenchError(f'{table.place} wants place = "NAME" or tags = "KEY=VALUE …", one of the two.')
    return PlaceSettings(
        coordinator=_coordinator(table),
        place=place,
        tags=tags,
        resources={role: _resource(table, role) for role in roles},
        wait_s=table.number("wait_s", WAIT_S, high=LONGEST_WAIT_S),
    )


def _coordinator(table: Table) -> str:
    address = table.text("coordinator", "") or os.environ.get(VARIABLE, COORDINATOR)
    match = ADDRESS.fullmatch(address)
    if match is None or int(match["port"] or 1) not in range(1, 65536):
        raise BenchError(
            f'{table.place} coordinator, or {VARIABLE}: "{address}" is not an address: write "HOST:PORT".'
        )
    return address


def _tags(table: Table) -> dict[str, str]:
    tags = {}
    for pair in table.text("tags", "").split():
        key, _, value = pair.partition("=")
        if NAME.fullmatch(key) is None or NAME.fullmatch(value) is None:
            raise BenchError(f'{table.place} tags has "{pair}": write them as "KEY=VALUE KEY=VALUE".')
        tags[key] = value
    return tags


def _resource(table: Table, role: str) -> str:
    name = table.text(role, role)
    if NAME.fullmatch(name) is None:
        raise BenchError(
            f'{table.place} {role} = "{name}" is not the name of a resource: see `labgrid-client show`.'
        )
    return name
