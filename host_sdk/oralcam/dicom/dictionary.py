"""pydicom's dictionary, looked up once for each attribute."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pydicom.tag import BaseTag


@cache
def tag_of(keyword: str) -> BaseTag:
    """Return the tag of a keyword. Raises ValueError for a word that is no keyword."""
    from pydicom.datadict import tag_for_keyword
    from pydicom.tag import Tag

    tag = tag_for_keyword(keyword)
    if tag is None:
        raise ValueError(f"{keyword} is not a DICOM keyword")
    return Tag(tag)


@cache
def vr_of(keyword: str) -> str:
    """Return the value representation of a keyword; of those with a choice, as "OB or OW"."""
    from pydicom.datadict import dictionary_VR

    return dictionary_VR(tag_of(keyword))


@cache
def keyword_of(tag: int) -> str:
    """Return the keyword of a tag; the tag in hexadecimal where the dictionary does not know it."""
    from pydicom.datadict import keyword_for_tag

    return keyword_for_tag(tag) or f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


@cache
def takes_several(tag: int) -> bool:
    """Tell whether the attribute may have more than one value."""
    from pydicom.datadict import dictionary_has_tag, dictionary_VM

    return not dictionary_has_tag(tag) or dictionary_VM(tag) != "1"
