"""The floors of each package, read from the import rules in pyproject.toml."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SDK, CAMERA, RECORD = "oralcam", "oralcam.camera", "oralcam.record"


@dataclass(frozen=True)
class Rules:
    """What of the rules a picture shows.

    `floors` holds, for each package, its floors from the top down, each with the names that stand on it.
    `camera` are the modules of the SDK that must not import the record, `patients` those that know the record
    and must not import the camera, and `both` those that join the two.
    """

    floors: dict[str, list[list[str]]]
    camera: frozenset[str]
    patients: frozenset[str]
    both: frozenset[str]


def root_packages(pyproject: Path) -> list[str]:
    """Return the packages that the rules of a pyproject.toml are about."""
    rules = tomllib.loads(pyproject.read_text("utf-8"))["tool"]["importlinter"]
    return [str(package) for package in rules["root_packages"]]


def read_rules(pyproject: Path) -> Rules:
    """Return the rules of a pyproject.toml."""
    contracts = tomllib.loads(pyproject.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = {
        _package(contract): [_names(layer) for layer in contract["layers"]]
        for contract in contracts
        if contract["type"] == "layers"
    }
    forbidden = {
        (module, other)
        for contract in contracts
        if contract["type"] == "forbidden"
        for module in contract["source_modules"]
        for other in contract["forbidden_modules"]
    }
    no_record = {module for module, other in forbidden if other == RECORD}
    no_camera = {module for module, other in forbidden if other == CAMERA}
    patients = (no_camera - no_record) & _from(floors[SDK], RECORD)
    kept_from_camera = {other for module, other in forbidden if module == CAMERA}
    both = kept_from_camera - patients
    return Rules(floors, frozenset(no_record - no_camera), frozenset(patients), frozenset(both))


def _from(floors: list[list[str]], module: str) -> set[str]:
    """Return the modules of the SDK on the floor of `module` and above it."""
    name = module.rpartition(".")[2]
    lowest = next(number for number, floor in enumerate(floors) if name in floor)
    return {f"{SDK}.{each}" for floor in floors[: lowest + 1] for each in floor}


def _package(contract: dict[str, Any]) -> str:
    """Return whose floors a contract tells; "" for those of several packages."""
    containers = contract.get("containers", [])
    if containers:
        return str(containers[0])
    roots = {layer.partition(".")[0] for layer in contract["layers"]}
    return contract["layers"][0].partition(".")[0] if len(roots) < len(contract["layers"]) else ""


def _names(layer: str) -> list[str]:
    """Return the names on one floor.

    >>> _names("aio | testing"), _names("camera_app.core")
    (['aio', 'testing'], ['core'])
    """
    return [name.strip().rpartition(".")[2] for name in layer.replace(":", "|").split("|")]
