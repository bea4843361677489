"""Does a value fit its value representation (PS3.5 section 6.2)? Archives take and alter what does not."""

from __future__ import annotations

import re

from oralcam.dicom.dictionary import takes_several

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pydicom.dataelem import DataElement

# the longest value, in characters (of one writing of a name), and what it may look like
LONGEST = {
    "AE": 16,
    "CS": 16,
    "DS": 16,
    "IS": 12,
    "LO": 64,
    "LT": 10240,
    "PN": 64,
    "SH": 16,
    "ST": 1024,
    "UI": 64,
}
FORM = {
    vr: re.compile(form, re.ASCII).fullmatch
    for vr, form in {
        "CS": r"[A-Z0-9 _]*",
        "DA": r"(\d{8})?",
        "TM": r"(\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?)?",
        "DT": r"(\d{4}(\d{2}){0,5}(\.\d{1,6})?([+-]\d{4})?)?",
        "DS": r"([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)?",
        "IS": r"([+-]?\d+)?",
        "UI": r"((0|[1-9]\d*)(\.(0|[1-9]\d*))*)?",
    }.items()
}
ONE_LINE = frozenset(("AE", "CS", "LO", "PN", "SH"))
CONTROL = re.compile(r"[\x00-\x1f\x7f]").search
NUMBERS = frozenset(("DS", "IS"))


def is_empty(value: Any) -> bool:
    """Tell whether there is nothing in a value. A zero is something."""
    if value is None or isinstance(value, int):
        return value is None
    if isinstance(value, (bytes, list)):
        return len(value) == 0
    return not str(value).strip(" \0[]")


def misfits(keyword: str, element: DataElement) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong, never with the value."""
    vr = element.VR
    longest, form = LONGEST.get(vr), FORM.get(vr)
    if longest is None and form is None:
        return
    several = element.VM > 1
    if several and not takes_several(element.tag):
        yield f"{keyword} holds a backslash, which would make two values of it."
    for value in element.value if several else (element.value,):
        text = "" if value is None else str(value)
        if vr in NUMBERS:
            text = getattr(value, "original_string", None) or text  # what is written
        if longest is not None and len(text) > longest and _too_long(text, vr, longest):
            yield f"{keyword} is longer than the {longest} characters of {vr}."
        if vr in ONE_LINE and CONTROL(text):
            yield f"{keyword} holds a control character."
        if form is not None and not form(text):
            yield f"{keyword} is not written as a DICOM {vr} is."


def _too_long(text: str, vr: str, longest: int) -> bool:
    return vr != "PN" or any(len(writing) > longest for writing in text.split("="))
