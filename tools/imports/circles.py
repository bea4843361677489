"""Circles in an import graph: modules that import one another, and folders that do."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from tools.imports.graph import Graph

ITSELF = "__init__"  # a package's own module, among what lies in its folder


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return circles, each as the way round, until none is left; [] if arrows point one way.

    >>> circles({"a": {"b"}, "b": {"c"}, "c": set()})
    []
    >>> [sorted(set(circle)) for circle in circles({"a": {"b"}, "b": {"a"}, "c": {"a"}})]
    [['a', 'b']]
    """
    rest = {name: set(imported) for name, imported in graph.items()}
    found = []
    while True:
        try:
            TopologicalSorter(rest).prepare()
        except CycleError as error:
            # graphlib tells the way against the arrows
            circle = list(reversed(error.args[1]))
            found.append(circle)
            rest[circle[0]].discard(circle[1])  # opened here, so that the next one shows
        else:
            return found


def folder_circles(graph: Graph) -> list[list[str]]:
    """Return circles of what lies side by side in one folder, each folder below it taken as one.

    >>> folder_circles({"p.a.x": {"p.b.y"}, "p.b.y": set(), "p.b.z": {"p.a.w"}, "p.a.w": set()})
    [['p.a', 'p.b', 'p.a']]
    """
    found = []
    for folder in sorted({parent for name in graph for parent in _parents(name)}):
        prefix = f"{folder}." if folder else ""
        found += [[prefix + name for name in circle] for circle in circles(_side_by_side(folder, graph))]
    return found


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(len(parts))]


def _side_by_side(folder: str, graph: Graph) -> Graph:
    beside: Graph = {}
    for name, imported in graph.items():
        child = _child(folder, name)
        if child is None:
            continue
        others = {_child(folder, other) for other in imported} - {None, child}
        beside.setdefault(child, set()).update(other for other in others if other)
    return beside


def _child(folder: str, name: str) -> str | None:
    """Return what of `folder` a module lies in or is; None if it lies elsewhere."""
    if name == folder:
        return ITSELF
    prefix = f"{folder}." if folder else ""
    return name[len(prefix) :].partition(".")[0] if name.startswith(prefix) else None
