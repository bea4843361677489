"""What the asynchronous classes have of the blocking ones: everything, with the same arguments."""

from __future__ import annotations

import inspect
from functools import cached_property

import pytest

import oralcam
from oralcam import aio, lighting, settings
from oralcam.visits.begin import visit

PAIRS = {
    "Camera": (oralcam.Camera, aio.Camera),
    "Lighting": (lighting.Lighting, aio.Lighting),
    "Settings": (settings.Settings, aio.Settings),
    "Visit": (oralcam.Visit, aio.Visit),
    "Shot": (oralcam.Shot, aio.Shot),
}
# Members that are not awaitable, and why
AT_ONCE = {
    "Camera.on_event": "it asks the camera nothing; its callback is called in the event loop",
    "Visit.site_of": "it reads a text, and asks nobody",
}
# Values of blocking classes that are to be awaited, and why
AWAITED = {
    "Shot.deliveries": "it reads the outbox's file",
    "Shot.jpeg": "it reads a file",
    "Visit.quarantined": "it waits for a photo that is being filed",
    "Visit.shots": "it waits for a photo that is being filed",
}
OWN = {"blocking"}  # what only the asynchronous classes have: the object that they wrap
ITERATORS = {"events", "presses"}


def members(kind: type) -> set[str]:
    """Public methods and properties, and what instances are given at once."""
    names = {name for name in dir(kind) if not name.startswith("_")}
    return names | {"lighting", "settings"} if kind is aio.Camera else names


def test_the_lists_name_what_is_there() -> None:
    for name in (*AT_ONCE, *AWAITED):
        pair, _, member = name.partition(".")
        assert hasattr(PAIRS[pair][1], member)


@pytest.mark.parametrize("pair", PAIRS)
def test_both_have_the_same_members(pair: str) -> None:
    blocking, awaitable = PAIRS[pair]
    instance_values = {"record"} if pair == "Shot" else set()
    assert members(awaitable) - OWN == members(blocking) | instance_values


@pytest.mark.parametrize("pair", PAIRS)
def test_methods_take_the_same_arguments_and_can_be_awaited(pair: str) -> None:
    blocking, awaitable = PAIRS[pair]
    for name in sorted(members(blocking)):
        ours = inspect.getattr_static(blocking, name)
        if isinstance(ours, (property, cached_property)):
            continue
        theirs = getattr(awaitable, name)
        assert parameters(theirs) == parameters(getattr(blocking, name)), name
        if name in ITERATORS:
            assert inspect.isasyncgenfunction(theirs), name
        else:
            assert inspect.iscoroutinefunction(theirs) == (f"{pair}.{name}" not in AT_ONCE), name


@pytest.mark.parametrize("pair", PAIRS)
def test_values_are_values_unless_they_take_time(pair: str) -> None:
    blocking, awaitable = PAIRS[pair]
    for name in sorted(members(blocking)):
        if not isinstance(inspect.getattr_static(blocking, name), property):
            continue
        theirs = inspect.getattr_static(awaitable, name)
        if f"{pair}.{name}" in AWAITED:
            assert inspect.iscoroutinefunction(theirs), name
        else:
            assert isinstance(theirs, property), name


def test_a_visit_begins_with_the_same_arguments() -> None:
    assert parameters(aio.visit) == parameters(visit)
    assert parameters(aio.watch_cameras) == parameters(oralcam.watch_cameras)


def parameters(call: object) -> list[tuple[str, object, object]]:
    signature = inspect.signature(call)  # type: ignore[arg-type]
    return [(each.name, each.kind, each.default) for each in signature.parameters.values()]
