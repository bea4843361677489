"""Elements of a DICOM data set, set without pydicom's own checks: its warnings quote what they check."""

from __future__ import annotations

from oralcam.dicom.dictionary import tag_of, vr_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pydicom.dataset import Dataset

PRIVATE_SCHEME = "99ORALCAM"
SCHEME_NAME = "oralcam terms for surfaces and areas of the mouth"
SCHEME_OWNER = "The oralcam developers"


def put(dataset: Dataset, keyword: str, value: Any, vr: str = "") -> None:
    """Set an attribute by its keyword.

    `oralcam.dicom.check` finds a value that does not fit, and says so in our words.
    """
    from pydicom.config import IGNORE
    from pydicom.dataelem import DataElement

    element = DataElement(tag_of(keyword), vr or vr_of(keyword), value, validation_mode=IGNORE)
    dataset.add(element)


def decimal(number: float) -> Any:
    """Return a DS: at most 16 characters, which pydicom does not enforce unless asked."""
    from pydicom.valuerep import DSfloat

    return DSfloat(number, auto_format=True)


def concept(value: str, scheme: str, meaning: str) -> Dataset:
    """Return an item of a code sequence (PS3.3 section 8.8)."""
    from pydicom.dataset import Dataset

    item = Dataset()
    put(item, "CodeValue", value)
    put(item, "CodingSchemeDesignator", scheme)
    put(item, "CodeMeaning", meaning)
    return item


def sct(value: str, meaning: str) -> Dataset:
    """Return a concept of SNOMED CT."""
    return concept(value, "SCT", meaning)


def own(value: str, meaning: str) -> Dataset:
    """Return a concept of our own scheme, which no published scheme has; see `declare_scheme`."""
    return concept(value, PRIVATE_SCHEME, meaning)


def declare_scheme(dataset: Dataset) -> None:
    """Say in the object who answers for the private scheme (PS3.3 section C.12.1.1.1)."""
    from pydicom.dataset import Dataset

    item = Dataset()
    put(item, "CodingSchemeDesignator", PRIVATE_SCHEME)
    put(item, "CodingSchemeName", SCHEME_NAME)
    put(item, "CodingSchemeResponsibleOrganization", SCHEME_OWNER)
    put(dataset, "CodingSchemeIdentificationSequence", [item])


def one_line(text: str, longest: int) -> str:
    """Return text for LO, SH and PN on one line; cut where it is too long.

    A backslash would part two values: none is left.
    """
    return text.replace("\\", "/")[:longest].strip()
