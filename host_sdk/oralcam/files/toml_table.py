"""One table of a TOML file that people write: it is read with types, and every fault has a sentence."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from oralcam.errors import OralcamError

Value = TypeVar("Value")

KINDS: dict[type, str] = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    datetime.date: "a date such as 2026-01-31, without quotes",
    dict: "a table",
}
REQUIRED: Any = object()


class Table:
    """The keys below `[name]` in `file`. A key that is not among `keys` is refused at once.

    Every fault raises `error`, an `OralcamError`.

    >>> Table("b.toml", "camera", {"prot": "x"}, ("port",))
    Traceback (most recent call last):
    oralcam.errors.OralcamError: b.toml: [camera] has no key prot; did you mean port?
    """

    def __init__(
        self,
        file: str,
        name: str,
        data: Mapping[str, object],
        keys: tuple[str, ...],
        error: type[OralcamError] = OralcamError,
    ) -> None:
        self.file = file
        self.name = name
        self._data = data
        self._error = error
        for key in data:
            if key not in keys:
                raise self._error(f"{self.place} has no key {key}; {_likely(key, keys)}")

    @property
    def place(self) -> str:
        """The table's name in sentences."""
        return f"{self.file}: [{self.name}]" if self.name else f"{self.file}:"

    def __contains__(self, key: str) -> bool:
        return key in self._data

    @property
    def words(self) -> tuple[str, ...]:
        """The keys that are there, in the file's order."""
        return tuple(self._data)

    def text(self, key: str, default: str = REQUIRED) -> str:
        """Return text that is not empty."""
        value = self._get(key, str, default)
        if value == "" and key in self._data:
            raise self._error(f"{self.place} {key} is empty; write what it is, or leave the line out.")
        return value

    def choice(self, key: str, among: tuple[str, ...], default: str = REQUIRED) -> str:
        """Return one of some words."""
        value = self.text(key, default)
        if value not in among:
            raise self._error(f'{self.place} {key} = "{value}" is not known; {_likely(value, among)}')
        return value

    def yes_no(self, key: str, default: bool = REQUIRED) -> bool:
        """Return True or False."""
        return self._get(key, bool, default)

    def whole(self, key: str, default: int = REQUIRED, *, low: int = 0, high: int = 1 << 31) -> int:
        """Return a whole number in low..high."""
        return int(self._within(key, self._get(key, int, default), low, high))

    def number(self, key: str, default: float = REQUIRED, *, low: float = 0, high: float = 1e9) -> float:
        """Return a number in low..high."""
        return float(self._within(key, float(self._get(key, float, default)), low, high))

    def date(self, key: str) -> datetime.date:
        """Return a date."""
        return self._get(key, datetime.date, REQUIRED)

    def table(self, key: str, keys: tuple[str, ...]) -> Table:
        """Return a table within; it is empty if it is not there."""
        name = f"{self.name}.{key}" if self.name else key
        return Table(self.file, name, self._get(key, dict, {}), keys, self._error)

    def numbers(self, key: str, keys: tuple[str, ...]) -> dict[str, float]:
        """Return a table of one number for each of `keys`."""
        if key not in self._data:
            raise self._missing(key)
        inner = self.table(key, keys)
        return {each: inner.number(each) for each in keys}

    def _within(self, key: str, value: float, low: float, high: float) -> float:
        if not low <= value <= high:
            raise self._error(f"{self.place} {key} = {value} is outside {low:g}..{high:g}.")
        return value

    def _missing(self, key: str) -> OralcamError:
        return self._error(f"{self.place} lacks the key {key}; add it.")

    def _get(self, key: str, kind: type[Value], default: Any) -> Value:
        if key not in self._data:
            if default is REQUIRED:
                raise self._missing(key)
            return default  # type: ignore[no-any-return]  # of this kind, or there is none
        value = self._data[key]
        wanted: tuple[type, ...] = (int, float) if kind is float else (kind,)
        # a date with a time of day is a date, true is an integer: not here
        confused = isinstance(value, datetime.datetime) or (isinstance(value, bool) and kind is not bool)
        if not isinstance(value, wanted) or confused:
            raise self._error(f"{self.place} {key} = {_as_toml(value)} must be {KINDS[kind]}.")
        return value  # type: ignore[return-value]


def _likely(word: str, among: tuple[str, ...]) -> str:
    close = get_close_matches(word, among, 1, 0.5)
    return f"did you mean {close[0]}?" if close else f"there are: {', '.join(among)}."


def _as_toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{…}"
    return f'"{value}"' if isinstance(value, str) else str(value)
