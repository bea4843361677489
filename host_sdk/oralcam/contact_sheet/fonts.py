"""Fonts for names in any script: one of this computer that has the letters, or the one in Pillow."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# Under these names systems have them; Pillow looks in the folders where fonts are. Wide ones last.
FAMILIES = {
    False: (
        "DejaVuSans.ttf",
        "NotoSans-Regular.ttf",
        "LiberationSans-Regular.ttf",
        "Arial.ttf",
        "NotoSansCJK-Regular.ttc",
        "YuGothM.ttc",
        "Arial Unicode.ttf",
    ),
    True: (
        "DejaVuSans-Bold.ttf",
        "NotoSans-Bold.ttf",
        "LiberationSans-Bold.ttf",
        "Arial Bold.ttf",
        "arialbd.ttf",
        "NotoSansCJK-Bold.ttc",
        "YuGothB.ttc",
        "Arial Unicode.ttf",
    ),
}
NO_CHARACTER = "\U0010ffff"  # no font has it: drawn as what a font shows for letters that it lacks


def readable(text: str, size: int, bold: bool = False) -> tuple[str, FreeTypeFont]:
    """Return the text and a font that has its letters.

    Accents go where no font has them, whole letters never. A letter that nothing here can draw stays, and
    shows as the font's empty box.
    """
    fonts = _fonts(size, bold)
    for font in fonts:
        if not _missing(font, text):
            return text, font
    best = min(fonts, key=lambda font: len(_missing(font, text)))
    lost = _missing(best, text)
    return "".join(_plain(letter) if letter in lost else letter for letter in text), best


def drawable(text: str) -> bool:
    """Tell whether a font here has all of its letters."""
    return any(not _missing(font, text) for font in _fonts(20, False))


def _plain(letter: str) -> str:
    """Return the text without its accents."""
    return unicodedata.normalize("NFKD", letter)[0]


def _missing(font: FreeTypeFont, text: str) -> set[str]:
    return {letter for letter in set(text) if not letter.isspace() and not _has(font, letter)}


@lru_cache(maxsize=4096)
def _has(font: FreeTypeFont, letter: str) -> bool:
    return bytes(font.getmask(letter)) != bytes(font.getmask(NO_CHARACTER))


@lru_cache(maxsize=32)
def _fonts(size: int, bold: bool) -> tuple[FreeTypeFont, ...]:
    from PIL import ImageFont

    found = []
    for name in FAMILIES[bold]:
        try:
            found.append(ImageFont.truetype(name, size))
        except OSError:
            continue  # not on this computer
    own = ImageFont.load_default(size)
    assert isinstance(own, ImageFont.FreeTypeFont), "Pillow is built with FreeType"
    return (*found, own)
