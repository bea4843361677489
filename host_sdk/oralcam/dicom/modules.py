"""What the modules of PS3.3 demand: every attribute of Type 1, 2, 1C and 2C whose condition can be decided.

From edition 2025 of the standard: IODs A.32.4 (VL Photographic Image) and A.8.1 (Secondary Capture Image).
Modules that hold nothing but Type 3 attributes are not listed, nor are attributes whose condition cannot be
met by a photograph of a person (species, palettes, patient position in a scanner).
"""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from pydicom.dataset import Dataset

    Condition = Callable[[Dataset], bool]


@dataclass(frozen=True)
class Demand:
    """A demand on one attribute: Type 1 must be there with a value, Type 2 must be there.

    `where` is PS3.3's section.
    """

    module: str
    where: str
    keyword: str
    type: Literal["1", "2", "1C", "2C"]
    condition: Condition | None = None

    @property
    def needs_value(self) -> bool:
        """True if the attribute may not be empty."""
        return self.type in ("1", "1C")


def _has(keyword: str) -> Condition:
    return lambda dataset: keyword in dataset


def _lacks(keyword: str) -> Condition:
    return lambda dataset: keyword not in dataset


def _lossy(dataset: Dataset) -> bool:
    return str(dataset.get("LossyImageCompression")) == "01"


def _coloured(dataset: Dataset) -> bool:
    return dataset.get("SamplesPerPixel") not in (None, 1)


def _nameless(dataset: Dataset) -> bool:
    removed = str(dataset.get("PatientIdentityRemoved")) == "YES"
    return removed and "DeidentificationMethodCodeSequence" not in dataset


def _always(_: Dataset) -> bool:
    """Return True: every one of our photographs meets the condition. See the comment beside it."""
    return True


def _demands(
    module: str, where: str, *rows: tuple[str, str] | tuple[str, str, Condition]
) -> tuple[Demand, ...]:
    return tuple(
        Demand(module, where, row[0], row[1], row[2] if len(row) > 2 else None)  # type: ignore[arg-type]
        for row in rows
    )


PATIENT = _demands(
    "Patient",
    "C.7.1.1",
    ("PatientName", "2"),
    ("PatientID", "2"),
    ("PatientBirthDate", "2"),
    ("PatientSex", "2"),
    ("ResponsiblePersonRole", "1C", _has("ResponsiblePerson")),
    ("PatientAlternativeCalendar", "1C", _has("PatientBirthDateInAlternativeCalendar")),
    ("DeidentificationMethod", "1C", _nameless),
)
GENERAL_STUDY = _demands(
    "General Study",
    "C.7.2.1",
    ("StudyInstanceUID", "1"),
    ("StudyDate", "2"),
    ("StudyTime", "2"),
    ("ReferringPhysicianName", "2"),
    ("StudyID", "2"),
    ("AccessionNumber", "2"),
)
GENERAL_SERIES = _demands(
    "General Series",
    "C.7.3.1",
    ("Modality", "1"),
    ("SeriesInstanceUID", "1"),
    ("SeriesNumber", "2"),
    ("Laterality", "2C", _lacks("ImageLaterality")),  # the mouth has two sides
)
GENERAL_EQUIPMENT = _demands(
    "General Equipment",
    "C.7.5.1",
    ("Manufacturer", "2"),
    ("PixelPaddingValue", "1C", _has("PixelPaddingRangeLimit")),
)
GENERAL_IMAGE = _demands(
    "General Image",
    "C.7.6.1",
    ("InstanceNumber", "2"),
    ("PatientOrientation", "2C", _lacks("ImageOrientationPatient")),
    ("ContentDate", "2C", _always),  # photos of a visit follow each other
    ("ContentTime", "2C", _always),
    ("LossyImageCompressionRatio", "1C", _lossy),  # C.7.6.1.1.5.2
    ("LossyImageCompressionMethod", "1C", _lossy),
)
IMAGE_PIXEL = _demands(
    "Image Pixel",
    "C.7.6.3",
    ("SamplesPerPixel", "1"),
    ("PhotometricInterpretation", "1"),
    ("PlanarConfiguration", "1C", _coloured),
    ("Rows", "1"),
    ("Columns", "1"),
    ("BitsAllocated", "1"),
    ("BitsStored", "1"),
    ("HighBit", "1"),
    ("PixelRepresentation", "1"),
    ("PixelData", "1C", _lacks("PixelDataProviderURL")),
    ("ExtendedOffsetTableLengths", "1C", _has("ExtendedOffsetTable")),
)
ACQUISITION_CONTEXT = _demands("Acquisition Context", "C.7.6.14", ("AcquisitionContextSequence", "2"))
VL_IMAGE = _demands(
    "VL Image",
    "C.8.12.1",
    ("ImageType", "1"),
    ("ContentTime", "1C", _always),
    ("AnatomicRegionSequence", "1C", _always),  # it is always a patient, never a specimen
    ("SamplesPerPixel", "1"),
    ("PhotometricInterpretation", "1"),
    ("PlanarConfiguration", "1C", _coloured),
    ("BitsAllocated", "1"),
    ("BitsStored", "1"),
    ("HighBit", "1"),
    ("PixelRepresentation", "1"),
    ("LossyImageCompression", "2"),
    ("WindowWidth", "1C", _has("WindowCenter")),
)
SC_EQUIPMENT = _demands("SC Equipment", "C.8.6.1", ("ConversionType", "1"))
SC_IMAGE = _demands(
    "SC Image",
    "C.8.6.2",
    ("PixelSpacing", "1C", _has("PixelSpacingCalibrationType")),
    ("PixelSpacingCalibrationDescription", "1C", _has("PixelSpacingCalibrationType")),
)
SOP_COMMON = _demands(
    "SOP Common",
    "C.12.1",
    ("SOPClassUID", "1"),
    ("SOPInstanceUID", "1"),
    ("SpecificCharacterSet", "1C", _always),  # names are written in any script
)

COMMON = (
    *PATIENT,
    *GENERAL_STUDY,
    *GENERAL_SERIES,
    *GENERAL_EQUIPMENT,
    *GENERAL_IMAGE,
    *IMAGE_PIXEL,
    *SOP_COMMON,
)
PHOTOGRAPH_DEMANDS = (*COMMON, *ACQUISITION_CONTEXT, *VL_IMAGE)
SECONDARY_CAPTURE_DEMANDS = (*COMMON, *SC_EQUIPMENT, *SC_IMAGE)

CODE = _demands(
    "Code Sequence Macro",
    "8.8",
    ("CodeValue", "1C", lambda item: "LongCodeValue" not in item and "URNCodeValue" not in item),
    ("CodingSchemeDesignator", "1C", _has("CodeValue")),
    ("CodeMeaning", "1"),
)
CODED = (
    "AnatomicRegionSequence",
    "AnatomicRegionModifierSequence",
    "PrimaryAnatomicStructureSequence",
    "PrimaryAnatomicStructureModifierSequence",
    "ViewCodeSequence",
    "ViewModifierCodeSequence",
    "DeviceSequence",
    "PurposeOfReferenceCodeSequence",
    "ReasonForRequestedProcedureCodeSequence",
)
ITEMS: dict[str, tuple[Demand, ...]] = {
    **dict.fromkeys(CODED, CODE),
    "UDISequence": _demands("General Equipment", "10.29", ("UniqueDeviceIdentifier", "1")),
    "OtherPatientIDsSequence": _demands(
        "Patient", "C.7.1.1", ("PatientID", "1"), ("IssuerOfPatientID", "2"), ("TypeOfPatientID", "1")
    ),
    "SourceImageSequence": _demands(
        "General Reference", "C.12.4", ("ReferencedSOPClassUID", "1"), ("ReferencedSOPInstanceUID", "1")
    ),
    "CodingSchemeIdentificationSequence": _demands("SOP Common", "C.12.1", ("CodingSchemeDesignator", "1")),
}
