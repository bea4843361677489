"""`oralcam guide`: the pages for users, as they came with this version."""

from __future__ import annotations

import re

from oralcam.cli.terminal import aligned, print_json
from oralcam.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam guide                    # which pages there are
oralcam guide usb | less         # drivers and permissions on Linux, macOS and Windows
oralcam guide troubleshooting    # by symptom, and what to do about each error"""

# the wheel carries these: pyproject.toml has the same list
GUIDES = ("settings", "records", "quality", "jpeg", "dicom", "usb", "emulator", "troubleshooting")

# a fenced block or a code span, which stay as they are, or a link: with an exclamation mark a picture
LINK = re.compile(
    r"(?P<code>^```.*?^```$|`[^`\n]+`(?!\]))|(?P<bang>!?)\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s]+)\)",
    re.MULTILINE | re.DOTALL,
)
ABSOLUTE = re.compile(r"[a-z]+:|#")
COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE)  # for the tests that compare the page with the package


def add_arguments(parser: ArgumentParser) -> None:
    """Which page."""
    parser.add_argument("page", nargs="?", metavar="PAGE", help="print this one (default: list them)")


def run(arguments: Namespace) -> int:
    """Print a page, or the list of them. Raises `UsageError` for one that does not exist."""
    if arguments.page is None:
        titles = {name: _text(name).partition("\n")[0].removeprefix("# ") for name in GUIDES}
        if arguments.json:
            print_json(titles)
        else:
            print(aligned(titles.items()))
        return 0
    if arguments.page not in GUIDES:
        raise UsageError(f"There is no page {arguments.page!r}; there are {', '.join(GUIDES)}.")
    text = _text(arguments.page)
    if arguments.json:
        print_json({"page": arguments.page, "text": text})
    else:
        print(text, end="")
    return 0


def _text(name: str) -> str:
    """Return a page in Markdown: this checkout's, or the one that the package brought."""
    from pathlib import Path

    package = Path(__file__).resolve().parents[2]
    packaged = package / "guides" / f"{name}.md"
    file = packaged if packaged.exists() else package.parents[1] / "docs" / f"{name}.md"
    return LINK.sub(_away_from_the_checkout, COMMENT.sub("", file.read_text("utf-8")))


def _away_from_the_checkout(match: re.Match[str]) -> str:
    """Return what stands for a link where the files beside the page are missing, as in the wheel."""
    text, target = match["text"], match["target"]
    if match["code"] or ABSOLUTE.match(target):
        return match[0]
    if match["bang"]:
        return f"(The project's sources have a picture here: {text}.)"
    page = target.partition("#")[0].removesuffix(".md")
    if page in GUIDES:
        return f"{text} (`oralcam guide {page}`)"
    return f"{text} (in the project's sources)"
