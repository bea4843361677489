"""The eight quadrants of ISO 3950, and how ISO 3950 and Palmer place a tooth in one, from the midline."""

from __future__ import annotations

import re
from dataclasses import dataclass

PERMANENT = (
    "central incisor",
    "lateral incisor",
    "canine",
    "first premolar",
    "second premolar",
    "first molar",
    "second molar",
    "third molar",
)
PRIMARY = (*PERMANENT[:3], "first molar", "second molar")
# Palmer's marks stand on the midline's side of the tooth: the vertical line is the midline, the other the
# plane between the jaws. Unicode's dentistry symbols, and the box drawings that are typed for them.
MARKS = {"UR": "⏌┘", "UL": "⎿└", "LR": "⏋┐", "LL": "⎾┌"}
NUMBERS = {"UR": (1, 5), "UL": (2, 6), "LL": (3, 7), "LR": (4, 8)}  # permanent, primary
WORDS = {"UPPER": "U", "MAXILLARY": "U", "LOWER": "L", "MANDIBULAR": "L", "RIGHT": "R", "LEFT": "L"}


@dataclass(frozen=True)
class Quadrant:
    """A quadrant of the mouth.

    `number` is ISO 3950's first digit: 1-4 permanent, 5-8 primary, clockwise from the upper right.
    """

    number: int

    @property
    def primary(self) -> bool:
        """True for primary (milk) teeth."""
        return self.number > 4

    @property
    def upper(self) -> bool:
        """True in the upper jaw."""
        return self.number in (1, 2, 5, 6)

    @property
    def right(self) -> bool:
        """True on the patient's right."""
        return self.number in (1, 4, 5, 8)

    @property
    def letters(self) -> str:
        """The two letters that charts use: UR, UL, LL or LR."""
        return ("U" if self.upper else "L") + ("R" if self.right else "L")

    @property
    def label(self) -> str:
        """The quadrant's name for people."""
        return f"{'upper' if self.upper else 'lower'} {'right' if self.right else 'left'}"


@dataclass(frozen=True)
class Place:
    """A tooth's place: quadrant `number`, and `position`, counted from 1 at the midline."""

    number: int
    position: int


def kind(position: int, *, primary: bool) -> str:
    """Return what sort of tooth stands at that place."""
    return (PRIMARY if primary else PERMANENT)[position - 1]


def of_iso3950(text: str) -> Place | None:
    """Return the place that two digits of ISO 3950 name; None if there is no such tooth."""
    if not re.fullmatch(r"[1-4][1-8]|[5-8][1-5]", text):
        return None
    return Place(int(text[0]), int(text[1]))


def of_palmer(text: str) -> Place | None:
    """Return the place that a Palmer name gives; None for any other text.

    The quadrant stands in letters, words or a mark, before or behind 1-8 or A-E.
    """
    for letters, marks in MARKS.items():
        for mark in marks:
            text = text.replace(mark, f" {letters} ")
    words = text.replace("-", " ").split()
    if len(words) == 3:
        pair, rest = (words[:2], words[2]) if words[0] in WORDS else (words[1:], words[0])
        words = ["".join(WORDS.get(word, "?") for word in pair), rest]
    if len(words) == 1:
        words = [words[0][:2], words[0][2:]]
    if len(words) == 2 and words[1] in NUMBERS:
        words.reverse()
    if len(words) != 2 or words[0] not in NUMBERS or not re.fullmatch("[1-8A-E]", words[1]):
        return None
    permanent, primary = NUMBERS[words[0]]
    if words[1].isdigit():
        return Place(permanent, int(words[1]))
    return Place(primary, "ABCDE".index(words[1]) + 1)


def palmer(quadrant: Quadrant, position: int) -> str:
    """Return the Palmer name with letters for the quadrant: "UR6"."""
    return quadrant.letters + _sign(quadrant, position)


def palmer_mark(quadrant: Quadrant, position: int) -> str:
    """Return the Palmer name with the mark on the side of the midline: "6⏌".

    It is seen by a dentist who faces the patient.
    """
    sign, mark = _sign(quadrant, position), MARKS[quadrant.letters][0]
    return sign + mark if quadrant.right else mark + sign


def _sign(quadrant: Quadrant, position: int) -> str:
    return "ABCDE"[position - 1] if quadrant.primary else str(position)
