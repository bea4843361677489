"""Which texts may stand in a photo.

Names are Unicode; characters that no screen shows or no XML takes are refused.
"""

from __future__ import annotations

import unicodedata

from oralcam.errors import InvalidMetadata

_UNFIT = {"Cc", "Cs"}  # control characters, halves of characters
# Explicit embeddings, overrides and isolates (Unicode TR9): they can make a name look like another.
# The marks U+200E, U+200F and the joiners U+200C, U+200D belong to names and stay.
_REORDERING = set(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_SEPARATORS = {"\u2028", "\u2029"}


def unfit_character(text: str, lines: bool = False) -> str | None:
    """Return the first character that may not be in a text; None if the text is fit.

    `lines` lets line ends and tabs in.

    >>> unfit_character("Zoë Müller 山田") is None, unfit_character("Zo\\x00e")
    (True, '\\x00')
    """
    if text.isprintable():  # nearly always, and soon known
        return None
    for character in text:
        if lines and character in "\n\t":
            continue
        if (
            unicodedata.category(character) in _UNFIT
            or character in _REORDERING
            or character in _SEPARATORS
            or ord(character) & 0xFFFE == 0xFFFE  # no character, and no XML may hold it
        ):
            return character
    return None


def require_fit(name: str, text: str, longest: int, lines: bool = False) -> None:
    """Raise `InvalidMetadata` for an unfit text.

    The error names the field and the character's number, never the text.
    """
    if not isinstance(text, str):
        raise InvalidMetadata(f"`{name}` must be a text.")
    if len(text) > longest:
        raise InvalidMetadata(
            f"`{name}` has {len(text):,} characters; at most {longest:,} fit. Shorten it; the photo is kept."
        )
    character = unfit_character(text, lines)
    if character is not None:
        raise InvalidMetadata(
            f"`{name}` holds the character U+{ord(character):04X}, which no name or text may hold: "
            "a control character, or half of one. Correct it where it comes from; the photo is kept."
        )
