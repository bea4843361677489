"""The surfaces of a tooth, and which tooth has which."""

from __future__ import annotations

import re
from enum import Enum

from oralcam.errors import InvalidSite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from oralcam.record.mouth.tooth import Tooth


class Surface(Enum):
    """One side of a tooth. P (palatal) is not here: it is what L is called in the upper jaw."""

    M = "M"
    O = "O"  # noqa: E741 the field's letter
    I = "I"  # noqa: E741
    D = "D"
    B = "B"
    F = "F"
    L = "L"

    @property
    def label(self) -> str:
        """The surface's name for people."""
        return _LABELS[self.value]


_LABELS = {
    "M": "mesial",
    "O": "occlusal",
    "I": "incisal",
    "D": "distal",
    "B": "buccal",
    "F": "facial",
    "L": "lingual",
}
_WORDS = {**{word.upper(): letter for letter, word in _LABELS.items()}, "PALATAL": "P", "VESTIBULAR": "B"}
_ORDER = tuple(Surface)  # as charts write them: MOD, MIDFL


def parse_surfaces(text: str, teeth: tuple[Tooth, ...]) -> tuple[tuple[Surface, ...], tuple[str, ...]]:
    """Return the surfaces that people write so ("MOD", "M, O", "mesial occlusal"), and notices of changes.

    Raises `InvalidSite` for a surface that one of `teeth` does not have.
    """
    letters = []
    for word in re.split(r"[\s,;/+&-]+", text.strip().upper()):
        letters += [_WORDS[word]] if word in _WORDS else list(word)
    notices = []
    if "P" in letters:
        low = [tooth for tooth in teeth if not tooth.upper]
        if low:
            raise InvalidSite(
                f"Tooth {low[0]} is in the lower jaw and has no palatal surface; L is its inner one."
            )
        letters = ["L" if letter == "P" else letter for letter in letters]
        notices.append("P (palatal) is recorded as L (lingual).")
    unknown = [letter for letter in letters if letter not in _LABELS]
    if unknown:
        raise InvalidSite("Surfaces are M, O, I, D, B, F, L and, in the upper jaw, P; others there are not.")
    surfaces, more = legal_surfaces(map(Surface, letters), teeth)
    return surfaces, (*notices, *more)


def legal_surfaces(
    surfaces: Iterable[Surface], teeth: tuple[Tooth, ...]
) -> tuple[tuple[Surface, ...], tuple[str, ...]]:
    """Return each surface once, in the usual order, and notices of changes.

    M, D and L are on every tooth, O on posterior ones, I on anterior ones; the outer surface is B on
    posterior teeth and F on anterior ones (and B for both together), whichever of the two was given. Raises
    `InvalidSite`.
    """
    wanted = set(surfaces)
    if wanted and not teeth:
        raise InvalidSite("Surfaces belong to a tooth; name the tooth, or leave the surfaces out.")
    for tooth in teeth:
        wrong = Surface.O if tooth.anterior else Surface.I
        if wrong in wanted:
            right = "I (incisal)" if tooth.anterior else "O (occlusal)"
            raise InvalidSite(
                f"Tooth {tooth}, the {tooth.name}, has no {wrong.label} surface; it has {right}."
            )
    notices = []
    outer = Surface.F if teeth and all(tooth.anterior for tooth in teeth) else Surface.B
    other = Surface.B if outer is Surface.F else Surface.F
    if other in wanted:
        wanted = (wanted - {other}) | {outer}
        notices.append(f"{other.value} ({other.label}) is recorded as {outer.value} ({outer.label}).")
    return tuple(surface for surface in _ORDER if surface in wanted), tuple(notices)
