"""What labgrid-client 26.0.1 printed, recorded from the real program against a real coordinator."""

from __future__ import annotations

import re
from pathlib import Path

ANSWERS = Path(__file__).with_name("answers")


def answer(name: str) -> str:
    return (ANSWERS / f"{name}.txt").read_text()


def failed(name: str) -> tuple[int, str]:
    """The exit code and what it said."""
    first, _, rest = answer(name).partition("\n")
    match = re.fullmatch(r"exit (\d+)", first)
    assert match is not None
    return int(match[1]), rest
