"""Checks of what people or other systems give: text is made canonical or refused, figures have limits."""

from __future__ import annotations

import math
import unicodedata

from oralcam.errors import InvalidRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.errors import RecordError

# What turns the direction of writing: a name could be shown as another one (Unicode Technical Report 36).
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
DAMAGED = "\ufffd"  # what a decoder leaves where it did not understand


def plain_text(
    text: str,
    what: str,
    error: type[RecordError],
    *,
    longest: int,
    required: bool = False,
    never: str = "",
) -> str:
    """Return `text` in Unicode NFC without spaces around it. Raise `error`, which names `what`, not the text.

    `longest` counts characters; `never` holds characters that cannot be in it.
    """
    if not isinstance(text, str):
        raise error(f"{what} is not text.")
    # Before anything is done with it: normalizing 10 MB is slow, and nothing that long is right.
    if len(text) > 4 * longest + 64:
        raise error(_too_long(what, len(text), longest))
    text = unicodedata.normalize("NFC", text).strip()
    if required and not text:
        raise error(f"{what} is empty.")
    if len(text) > longest:
        raise error(_too_long(what, len(text), longest))
    for character in text:
        _check(character, what, error, never)
    return text


def _too_long(what: str, length: int, longest: int) -> str:
    return f"{what} has {length} characters; {longest} are the most that charts and archives keep."


def _check(character: str, what: str, error: type[RecordError], never: str) -> None:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        raise error(f"{what} holds a control character (U+{ord(character):04X}); enter it again on one line.")
    if category == "Cs" or character in TURNS:
        raise error(f"{what} holds U+{ord(character):04X}, which is no readable character; enter it again.")
    if character == DAMAGED:
        raise error(
            f"{what} was damaged when another system decoded it; read it again with its character set."
        )
    if character in never:
        raise error(f'{what} holds "{character}", which separates parts in DICOM; leave it out.')


def check(*rows: tuple[bool, str]) -> None:
    """Raise `InvalidRecord` with the words of the first row that does not hold."""
    for good, what in rows:
        if not good:
            raise InvalidRecord(f"{what}.")


def between(low: float, number: float | None, high: float) -> bool:
    """Tell whether a number that may be missing is within its limits. NaN and infinity never are."""
    return number is None or (math.isfinite(number) and low <= number <= high)
