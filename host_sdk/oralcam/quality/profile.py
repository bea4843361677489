"""Profiles: which figure is good enough.

They are versioned JSON: today's verdict can still be read in a year.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path

from oralcam.errors import InvalidProfile

SCHEMA_VERSION = 1
FIGURES = (
    "sharpness",
    "exposure_p5",
    "exposure_p50",
    "exposure_p95",
    "clipped_dark",
    "clipped_bright",
    "uniformity",
    "glare",
    "white_balance",
    "motion",
    "fog",
)
BOUNDS = ("fail_below", "warn_below", "warn_above", "fail_above")
REQUIRED = ("schema_version", "name", "version", "about", "limits")
OPTIONAL = ("$schema", "neutral", "flat_field")
DEFAULT = "general"
FOLDER = "profiles"


@dataclass(frozen=True)
class Limits:
    """The limits of one figure, in the figure's unit; None is no limit. A value at a limit is within it."""

    fail_below: float | None = None
    warn_below: float | None = None
    warn_above: float | None = None
    fail_above: float | None = None


@dataclass(frozen=True)
class Profile:
    """Limits by figure, and what was calibrated.

    `neutral` is Cb and Cr of white, `flat_field` the light of an even target in 3 x 3 blocks. Raises
    `InvalidProfile`.
    """

    name: str
    version: int
    about: str
    limits: Mapping[str, Limits] = field(default_factory=dict)
    neutral: tuple[float, float] = (128.0, 128.0)
    flat_field: tuple[tuple[float, ...], ...] | None = None

    @property
    def label(self) -> str:
        """Name and version, as reports carry them: "general 1"."""
        return f"{self.name} {self.version}"

    @classmethod
    def load(cls, source: str | os.PathLike[str] = DEFAULT) -> Profile:
        """Load a profile that comes with the package, by name, or one from a JSON file.

        Raises `InvalidProfile`.
        """
        if isinstance(source, str) and source in profile_names():
            return _packaged(source)
        try:
            text = Path(source).read_text("utf-8")
        except (OSError, ValueError) as error:
            names = ", ".join(profile_names())
            raise InvalidProfile(
                f"There is no profile {source}: name one of {names}, or a JSON file that can be read."
            ) from error
        return cls.from_json(text)

    @classmethod
    def from_json(cls, text: str) -> Profile:
        """Read a profile as `profiles/profile.schema.json` describes it. Raises `InvalidProfile`."""
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InvalidProfile(f"A profile must be JSON ({error}).") from error
        if not isinstance(document, dict):
            raise InvalidProfile("A profile must be a JSON object with a name, a version and limits.")
        if document.get("schema_version") != SCHEMA_VERSION:
            raise InvalidProfile(
                f"The profile's schema_version is {document.get('schema_version')!r}: "
                f"this version of oralcam reads {SCHEMA_VERSION}."
            )
        _check_names(document, {*REQUIRED, *OPTIONAL}, "the profile")
        if missing := [name for name in REQUIRED if name not in document]:
            raise InvalidProfile(f"The profile lacks {', '.join(missing)}.")
        return cls(
            _text(document, "name"),
            _version(document["version"]),
            _text(document, "about"),
            _limits(document["limits"]),
            _neutral(document.get("neutral")),
            _flat_field(document.get("flat_field")),
        )


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the package."""
    return _names()


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    files = (file.name for file in resources.files(__package__).joinpath(FOLDER).iterdir())
    return tuple(sorted(name[:-5] for name in files if name.endswith(".json") and ".schema." not in name))


@lru_cache(maxsize=8)
def _packaged(name: str) -> Profile:
    return Profile.from_json(resources.files(__package__).joinpath(FOLDER, f"{name}.json").read_text("utf-8"))


def _check_names(document: Mapping[str, object], known: set[str], where: str) -> None:
    """Raise `InvalidProfile` for an unknown name: a misspelt limit would never warn."""
    if unknown := sorted(set(document) - known):
        raise InvalidProfile(
            f"Unknown in {where}: {', '.join(unknown)}; known are {', '.join(sorted(known))}."
        )


def _text(document: Mapping[str, object], name: str) -> str:
    value = document[name]
    if not isinstance(value, str) or not value.strip():
        raise InvalidProfile(f"The profile's {name} must be a text.")
    return value


def _version(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InvalidProfile("The profile's version must be a whole number, 1 or more.")
    return value


def _number(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise InvalidProfile(f"The profile's {what} must be a number.")
    return float(value)


def _limits(value: object) -> dict[str, Limits]:
    if not isinstance(value, dict):
        raise InvalidProfile("The profile's limits must be an object: a figure's name, then its bounds.")
    _check_names(value, set(FIGURES), "limits")
    found = {}
    for name, bounds in value.items():
        if not isinstance(bounds, dict):
            raise InvalidProfile(f"The limits of {name} must be an object with {', '.join(BOUNDS)}.")
        _check_names(bounds, set(BOUNDS), f"the limits of {name}")
        numbers = {
            bound: _number(bounds[bound], f"limit {bound} of {name}") for bound in BOUNDS if bound in bounds
        }
        if list(numbers.values()) != sorted(numbers.values()):
            raise InvalidProfile(
                f"The limits of {name} must not decrease in this order: {', '.join(BOUNDS)}."
            )
        found[name] = Limits(**numbers)
    return found


def _neutral(value: object) -> tuple[float, float]:
    if value is None:
        return Profile.neutral
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidProfile("The profile's neutral must be two numbers, Cb and Cr.")
    blue, red = (_number(each, "neutral") for each in value)
    if not (0 <= blue <= 255 and 0 <= red <= 255):
        raise InvalidProfile("The profile's neutral must be within 0..255.")
    return blue, red


def _flat_field(value: object) -> tuple[tuple[float, ...], ...] | None:
    if value is None:
        return None
    rows = value if isinstance(value, list) else []
    if len(rows) != 3 or any(not isinstance(row, list) or len(row) != 3 for row in rows):
        raise InvalidProfile("The profile's flat_field must be three rows of three numbers.")
    field_of = tuple(tuple(_number(each, "flat_field") for each in row) for row in rows)
    if min(map(min, field_of)) <= 0:
        raise InvalidProfile("Every number of the profile's flat_field must be above 0.")
    return field_of
