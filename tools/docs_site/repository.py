"""What of the repository the site shows, and where."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DOCS = "docs"
FOLDERS = ("firmware", "hil_tests", "host_sdk", "protocol", "tests", "tools")
PICTURES = (".jpg", ".png", ".svg")
PLACEHOLDER = ".example"  # a top-level domain that nobody can own (RFC 2606)


def pages_outside(repository: Path) -> list[str]:
    """Return the Markdown pages outside of docs/, as paths from the repository's root.

    Hidden folders and what a build left behind hold none: only the root itself and `FOLDERS` are looked at.
    """
    found = [*repository.glob("*.md")]
    for folder in FOLDERS:
        found += (repository / folder).rglob("*.md")
    return sorted(page.relative_to(repository).as_posix() for page in found)


def site_path(path: str) -> str:
    """Return where in the site a page or picture of the repository stands.

    >>> site_path("docs/usb.md"), site_path("protocol/README.md")
    ('usb.md', 'protocol/README.md')
    """
    return path.removeprefix(f"{DOCS}/")


def is_in_site(repository: Path, path: str) -> bool:
    """Tell whether a file of the repository is a page or a picture of the site."""
    where = PurePosixPath(path)
    if not (repository / where).is_file():
        return False
    return where.suffix in PICTURES or where.parts[0] == DOCS or path in pages_outside(repository)


def source_address(repository: Path) -> str:
    """Return the address at which the sources can be read; "" as long as it is the placeholder.

    `[project.urls]` in pyproject.toml is the one place where it stands.
    """
    urls = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    address = str(urls["Source"]).rstrip("/")
    host = address.partition("://")[2].partition("/")[0]
    return "" if host.endswith(PLACEHOLDER) else address
