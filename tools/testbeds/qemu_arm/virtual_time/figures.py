"""The figures that are kept in the repository, and how a run differs from them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

KEPT = Path(__file__).with_name("figures.toml")
NOTABLE = 0.02  # a change by more than this share is told
MEANINGS = {
    "frame_of_8_kib": "a DATA frame of 8 KiB: read, sealed, sent, hashed",
    "sha256_a_byte": "SHA-256, a byte",
    "crc32_a_byte": "CRC-32, a byte",
    "light_check": "a safety check of the light, and what it tells",
    "press_event": "a press, from the edge to its event on the link",
    "press_with_photo": "a press, from the edge to the event of its photo of 8 KiB",
    "health": "HEALTH, from the request to its answer",
    "start_to_hello": "from the first instruction to the answer to HELLO",
    "longest_step": "the longest step of a task between two yields",
}
# a step of 50 ms keeps nobody waiting; our slowest board's processor runs at 240 MHz, an instruction a cycle
LONGEST_STEP = 240_000_000 * 50 // 1000


@dataclass(frozen=True)
class Change:
    """A figure that is not what it was, by a share of that."""

    name: str
    before: float
    now: float

    @property
    def text(self) -> str:
        """A line for people."""
        share = (self.now - self.before) / self.before
        return f"{self.name}: {self.now:,.10g} instead of {self.before:,.10g} ({share:+.1%})"


def kept_figures(board: str) -> dict[str, float]:
    """What is kept for a board; {} if there is nothing yet."""
    figures: dict[str, float] = tomllib.loads(KEPT.read_text("utf-8")).get(board, {})
    return figures


def changes(before: Mapping[str, float], now: Mapping[str, float]) -> list[Change]:
    """Figures that differ notably, or are new: those are told as a change from 0."""
    return [
        Change(name, before.get(name, 0.0), now[name])
        for name in MEANINGS
        if abs(now[name] - before.get(name, 0.0)) > NOTABLE * before.get(name, 0.0)
    ]


def keep(figures: Mapping[str, Mapping[str, float]]) -> None:
    """Write them to the file, one table a board."""
    lines = [
        "# Instructions, counted by QEMU; compiled by Debian 12's arm-none-eabi-gcc.",
        "# Written by `python -m tools.testbeds.qemu_arm.virtual_time --keep`; a change has a reason.",
    ]
    for board, values in figures.items():
        lines += ["", f"[{board}]", *(f"{name} = {values[name]}" for name in MEANINGS)]
    KEPT.write_text("\n".join([*lines, ""]), "utf-8")
