"""Replaces a generated section within a file that is otherwise written by hand."""

from __future__ import annotations

import re
import textwrap

BEGIN = "# generated: {} (python -m tools.generate, from protocol/oralcam_protocol/schema)"
END = "# end of generated: {}"


def fill_section(text: str, name: str, lines: list[str]) -> str:
    """Return `text` with `lines`, indented as the markers are, in section `name`.

    Raises ValueError if the markers are not there.
    """
    begin, end = (re.escape(marker.format(name)) for marker in (BEGIN, END))
    pattern = re.compile(rf"(^( *){begin}\n).*?(^ *{end}$)", re.DOTALL | re.MULTILINE)
    if not pattern.search(text):
        raise ValueError(f"the markers of the generated section {name!r} are missing")
    body = textwrap.dedent("\n".join(lines) + "\n")
    return pattern.sub(lambda match: match[1] + textwrap.indent(body, match[2]) + match[3], text)
