"""Links of a page as they must read in the site; in the repository they work as they are written."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from tools.docs_site.repository import is_in_site, site_path

# fenced code, a code span, a comment or a link; what comes first is taken, so links in code are left alone
FENCED = r"^(?P<fence>```+).*?^(?P=fence)`*\s*?$"
CODE = rf"(?P<code>{FENCED}|`[^`\n]+`(?!\])|<!--.*?-->)"
LINK = r"\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]+)\)"
TOKENS = re.compile(f"{CODE}|{LINK}", re.MULTILINE | re.DOTALL)
OUTSIDE = re.compile(r"[a-z]+:|#|/")  # an address, a place on this page, an absolute path


def for_the_site(markdown: str, page: str, repository: Path, source: str) -> str:
    """Return the page's text with its links to other files of the repository mended.

    `page` is the page's path from the repository's root, `source` the address of the sources ("" if there
    is none). A link to a page or a picture leads there; one to a source file or a folder leads to `source`,
    and is plain text without one. A link to what does not exist stays, so that MkDocs warns.
    """

    def mended(match: re.Match[str]) -> str:
        if match["code"] or OUTSIDE.match(match["target"]):
            return match[0]
        return _mended(match["text"], match["target"], page, repository, source)

    return TOKENS.sub(mended, markdown)


def _mended(text: str, target: str, page: str, repository: Path, source: str) -> str:
    file, hash_sign, anchor = target.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), file))
    if is_in_site(repository, path):
        here = posixpath.dirname(site_path(page)) or "."
        return f"[{text}]({posixpath.relpath(site_path(path), here)}{hash_sign}{anchor})"
    if not (repository / path).exists():
        return f"[{text}]({target})"
    return f"[{text}]({source}/blob/main/{path})" if source else text
