"""`python -m tools.release TAG`: is this tree ready to be released as TAG? See RELEASING.md."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.docs_site.repository import source_address

REPOSITORY = Path(__file__).resolve().parents[1]


def troubles(repository: Path, tag: str) -> Iterator[str]:
    """Yield one sentence for each thing that is in the way."""
    version = re.search(
        r'__version__ = "(.+?)"', (repository / "host_sdk/oralcam/version.py").read_text("utf-8")
    )
    if version is None or tag != f"v{version[1]}":
        yield f"The tag is {tag}, the version {version[1] if version else 'unknown'}: one of them is wrong."
    changelog = (repository / "CHANGELOG.md").read_text("utf-8")
    heading = re.search(rf"^## {re.escape(tag.removeprefix('v'))} \((.+)\)$", changelog, re.MULTILINE)
    if heading is None:
        yield f"CHANGELOG.md has no heading for {tag}."
    elif not re.fullmatch(r"\d{4}-\d\d-\d\d", heading[1]):
        yield f"CHANGELOG.md says {heading[1]!r} where the day of {tag} should stand."
    if not source_address(repository):
        yield "[project.urls] in pyproject.toml is a placeholder: set the project's address."
    if not (repository / "tests/recordings" / tag.removeprefix("v")).is_dir():
        yield f"There are no recordings of {tag}: python -m tools.trace record tests/recordings/{tag[1:]}"


def main(words: list[str] | None = None) -> int:
    """Say what is in the way; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.release", description="Is this tree ready to be released? See RELEASING.md."
    )
    parser.add_argument("tag", metavar="TAG", help="such as v0.2.0")
    found = list(troubles(REPOSITORY, parser.parse_args(words).tag))
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
