"""Which modules of oralcam are public: those with `__all__`, unless a package above them says "Internal:"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import griffe

if TYPE_CHECKING:
    from griffe import Module

HOST_SDK = Path(__file__).parents[2] / "host_sdk"
INTERNAL = "Internal:"
OTHERS_ARE_INTERNAL = "Modules without `__all__` are internal."


def load() -> Module:
    """Return the package as its source says it is; nothing of it is imported."""
    package = griffe.load("oralcam", search_paths=[HOST_SDK], resolve_aliases=True)
    return cast("Module", package)


def modules(package: Module) -> Iterator[Module]:
    """Yield the package and all modules below it, in the order of their names."""
    yield package
    for _, module in sorted(package.modules.items()):
        if not module.is_alias:
            yield from modules(module)


def exports(module: Module) -> tuple[str, ...]:
    """Return the names in `__all__`, sorted."""
    return tuple(sorted(str(name) for name in module.exports or ()))


def is_public(module: Module) -> bool:
    """Return whether programs may import from the module."""
    return bool(exports(module)) and not any(_says(each).startswith(INTERNAL) for each in _around(module))


def is_internal(module: Module) -> bool:
    """Return whether the module is said to be internal, by itself or by a package around it."""
    if any(_says(each).startswith(INTERNAL) or each.name.startswith("_") for each in _around(module)):
        return True
    package = module if module.is_init_module else cast("Module", module.parent)
    return not exports(module) and OTHERS_ARE_INTERNAL in _says(package)


def _around(module: Module) -> Iterator[Module]:
    place: Module | None = module
    while place is not None:
        yield place
        place = cast("Module | None", place.parent)


def _says(module: Module) -> str:
    return module.docstring.value if module.docstring is not None else ""
