"""Frozen dataclasses as JSON and back: strict about types, silent about values (they may be a patient's)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from oralcam.errors import InvalidRecord, RecordError
from oralcam.record.mouth.tooth import Tooth


def to_plain(value: Any) -> Any:
    """Return the value as `json.dumps` takes it."""
    if isinstance(value, Tooth):  # in both systems: nobody who reads the file by eye mistakes it
        return {"universal": value.universal, "iso_3950": value.iso3950}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value) if kept(field)}
    if isinstance(value, Mapping):
        return {key: to_plain(one) for key, one in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: to_plain(one) for key, one in value._asdict().items()}
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    return value


def kept(field: Field[Any]) -> bool:
    """Tell whether the field stands in the JSON. A field that plays no part in comparing does not."""
    return field.compare


def from_plain(kind: Any, plain: Any, where: str) -> Any:
    """Return a value of the type `kind`.

    Raises `InvalidRecord`, which says `where`, or what the type raises.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if plain is None and NoneType in get_args(kind):
            return None
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
        return from_plain(kind, plain, where)
    if origin is tuple:
        if not isinstance(plain, list):
            raise InvalidRecord(f"{where} is not a list.")
        one = get_args(kind)[0]
        return tuple(from_plain(one, item, f"{where}[{index}]") for index, item in enumerate(plain))
    if origin is Mapping:
        if not isinstance(plain, dict):
            raise InvalidRecord(f"{where} is not an object.")
        one = get_args(kind)[1]
        return {key: from_plain(one, item, f"{where}.…") for key, item in plain.items()}
    if kind is Tooth:
        return _tooth(plain, where)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _object(kind, plain, where)
    return _simple(kind, plain, where)


def _object(kind: Any, plain: Any, where: str) -> Any:
    if not isinstance(plain, dict):
        raise InvalidRecord(f"{where} is not an object.")
    types = types_of(kind)
    if any(name not in types for name in plain):
        raise InvalidRecord(f"{where} has a field that the record's schema does not have.")
    for name in required_of(kind):
        if name not in plain:
            raise InvalidRecord(f"{where} has no {name}.")
    values = {
        name: from_plain(types[name], item, f"{where}.{name}")
        for name, item in plain.items()
        if name in types
    }
    return kind(**values)


@cache
def types_of(kind: Any) -> dict[str, Any]:
    """Return the fields that stand in the JSON, and their types."""
    hints = get_type_hints(kind)
    if not is_dataclass(kind):
        return hints
    return {field.name: hints[field.name] for field in fields(kind) if kept(field)}


@cache
def required_of(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields that have no default."""
    if not is_dataclass(kind):
        return tuple(kind._fields)
    return tuple(
        field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING
    )


def _tooth(plain: Any, where: str) -> Tooth:
    if not isinstance(plain, dict) or not isinstance(plain.get("universal"), str):
        raise InvalidRecord(f"{where} is not a tooth.")
    tooth = Tooth(plain["universal"])
    if tooth.iso3950 != plain.get("iso_3950"):
        raise InvalidRecord(f"{where} is one tooth in Universal and another in ISO 3950.")
    return tooth


def _simple(kind: Any, plain: Any, where: str) -> Any:
    if kind is float and isinstance(plain, (int, float)) and not isinstance(plain, bool):
        if not math.isfinite(plain):
            raise InvalidRecord(f"{where} is not a finite number.")
        return float(plain)
    if kind in (str, int, bool) and type(plain) is kind:
        return plain
    if (isinstance(plain, str) and kind in (date, datetime)) or issubclass(kind, Enum):
        try:
            if kind is datetime:
                return datetime.fromisoformat(plain.replace("Z", "+00:00"))
            return date.fromisoformat(plain) if kind is date else kind(plain)
        except (ValueError, TypeError, RecordError):
            pass  # the original error's text holds the value
    raise InvalidRecord(f"{where} is {_wanted(kind)}.")


def _wanted(kind: Any) -> str:
    """Return in words what the value is not."""
    if issubclass(kind, Enum):
        return f"none of {', '.join(str(one.value) for one in kind)}"
    return {
        datetime: "no moment such as 2026-03-04T09:30:00+01:00",
        date: "no date such as 1990-05-17",
        str: "no text",
        int: "no whole number",
        float: "no number",
        bool: "neither true nor false",
    }[kind]
