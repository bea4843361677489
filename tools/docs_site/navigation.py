"""The site's navigation: globs in mkdocs.yml stand for pages that are named nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Entry = Any  # a page's path, a glob, or a dict of one title and its entries: what YAML gives


def filled(nav: list[Entry], pages: Iterable[str]) -> list[Entry]:
    """Return `nav` with each glob replaced by the pages that it stands for, in order of their names.

    >>> filled(["a", {"X": ["x/*", "*"]}, "**"], ["a", "x/2", "x/1", "b", "y/3"])
    ['a', {'X': ['x/1', 'x/2', 'b']}, 'y/3']
    """
    left = sorted(set(pages) - set(_named(nav)))
    taken = {
        glob: [page for page in left if _is_in(page, glob)] for glob in _named(nav) if glob.endswith("*")
    }
    taken["**"] = [page for page in left if not any(page in pages for pages in taken.values())]
    return _replaced(nav, taken)


def _is_in(page: str, glob: str) -> bool:
    folder = glob.removesuffix("*")
    return not glob.endswith("**") and page.startswith(folder) and "/" not in page.removeprefix(folder)


def _named(nav: list[Entry]) -> list[str]:
    names = []
    for entry in nav:
        names += [entry] if isinstance(entry, str) else _named(next(iter(entry.values())))
    return names


def _replaced(nav: list[Entry], taken: dict[str, list[str]]) -> list[Entry]:
    replaced: list[Entry] = []
    for entry in nav:
        if isinstance(entry, str):
            replaced += taken.get(entry, [entry])
            continue
        ((title, entries),) = entry.items()
        inner = _replaced(entries, taken)
        replaced += [{title: inner}] if inner else []
    return replaced
