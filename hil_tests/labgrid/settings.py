"""The `[labgrid]` table of a bench file: which place, and what its resources are on the bench."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from hil_tests.labgrid.errors import InvalidPlace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

COORDINATOR = "127.0.0.1:20408"  # labgrid's own default
WAIT_S = 60.0
LONGEST_WAIT_S = 86400.0
ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:(?P<port>\d{1,5}))?")
NAME = re.compile(r"[^\s=/'+-][^\s=/']*")
KEYS = ("coordinator", "place", "tags", "resources", "wait_s")


@dataclass(frozen=True)
class PlaceSettings:
    """`place` names one place, or `tags` choose any that carries them all.

    `resources` says for each role on the bench ("camera", "rig") the resource of the place that plays it.
    `wait_s`: how long to wait for a place that somebody else holds.
    """

    coordinator: str = COORDINATOR
    place: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=lambda: {"camera": "camera"})
    wait_s: float = WAIT_S

    @property
    def filters(self) -> tuple[str, ...]:
        """As `labgrid-client reserve` takes them; each place has its name as a tag."""
        return (f"name={self.place}",) if self.place else tuple(f"{k}={v}" for k, v in self.tags.items())

    @property
    def wanted(self) -> str:
        """For people: which place is meant."""
        return f"place {self.place}" if self.place else f"a place with {' '.join(self.filters)}"


def read_settings(table: Mapping[str, object]) -> PlaceSettings:
    """The table's values, checked; raises `InvalidPlace` with one sentence."""
    for key in table:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it may have {', '.join(KEYS)}."
            raise InvalidPlace(f"[labgrid] has no key {key}: {hint}")
    place, tags = table.get("place", ""), _names(table, "tags", {})
    if not isinstance(place, str) or (place and NAME.fullmatch(place) is None):
        raise InvalidPlace(
            f"[labgrid] place = {place!r} is not the name of a place: see `labgrid-client places`."
        )
    if bool(place) == bool(tags):
        raise InvalidPlace(
            '[labgrid] needs either place = "NAME" or tags = { key = "value" }, one of the two.'
        )
    resources = _names(table, "resources", {"camera": "camera"})
    if not resources:
        raise InvalidPlace("[labgrid] resources is empty: say which resource is the camera.")
    return PlaceSettings(_coordinator(table), place, tags, resources, _wait_s(table))


def _coordinator(table: Mapping[str, object]) -> str:
    address = table.get("coordinator", COORDINATOR)
    match = ADDRESS.fullmatch(address) if isinstance(address, str) else None
    if match is None or int(match["port"] or 1) not in range(1, 65536):
        raise InvalidPlace(f'[labgrid] coordinator = {address!r} is not an address: write "HOST:PORT".')
    return match[0]


def _wait_s(table: Mapping[str, object]) -> float:
    wait_s = table.get("wait_s", WAIT_S)
    if isinstance(wait_s, bool) or not isinstance(wait_s, (int, float)) or not 0 <= wait_s <= LONGEST_WAIT_S:
        raise InvalidPlace(
            f"[labgrid] wait_s = {wait_s!r} is not a time: write 0 to {LONGEST_WAIT_S:g} seconds."
        )
    return float(wait_s)


def _names(table: Mapping[str, object], key: str, default: dict[str, str]) -> dict[str, str]:
    found = table.get(key, default)
    if not isinstance(found, dict):
        raise InvalidPlace(f'[labgrid] {key} is not a table: write {key} = {{ name = "value" }}.')
    for name, value in found.items():
        if not isinstance(value, str) or NAME.fullmatch(value) is None or NAME.fullmatch(name) is None:
            raise InvalidPlace(f"[labgrid] {key} says {name} = {value!r}: a name without spaces is wanted.")
    return dict(found)
