"""The package's long description: README.md with links and pictures that work away from the repository.

A package index shows README.md without the files beside it. Hatchling calls the hook below for every build;
the address comes from `Source` in pyproject.toml's `[project.urls]`, which is the one place where it stands.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

# fenced code, a code span, or a link (a picture with its exclamation mark); code is left as it is
TOKENS = re.compile(
    r"(?P<code>^```.*?^```$|`[^`\n]+`(?!\]))|(?P<bang>!?)\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s]+)\)",
    re.MULTILINE | re.DOTALL,
)
ABSOLUTE = re.compile(r"[a-z]+:|#")


class LongDescriptionHook(MetadataHookInterface):
    """Hatchling's hook: fills in `readme`, which pyproject.toml declares dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the long description of the package that is being built."""
        text = long_description(Path(self.root), metadata.get("urls", {}).get("Source", ""))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def long_description(repository: Path, source: str) -> str:
    """Return README.md with its relative links and pictures below `source`, the address of the repository.

    The addresses have the form that GitHub, GitLab and Gitea answer: `blob` for a file, `tree` for a folder,
    `raw` for a picture. Without `source` links are plain text and pictures are left out.
    """

    def absolute(match: re.Match[str]) -> str:
        bang, text, target = match["bang"], match["text"], match["target"]
        if match["code"] or ABSOLUTE.match(target):
            return match[0]
        if not source:
            return "" if bang else text
        kind = "raw" if bang else "tree" if (repository / target.partition("#")[0]).is_dir() else "blob"
        return f"{bang}[{text}]({source.rstrip('/')}/{kind}/main/{target})"

    return TOKENS.sub(absolute, (repository / "README.md").read_text("utf-8"))
