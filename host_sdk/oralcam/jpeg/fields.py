"""The one table of the fields in a photo's metadata: where each is written, and at which privacy."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import NamedTuple

# Ours alone, since we made the UUID (RFC 4122); docs/jpeg.md documents what is in it
NAMESPACE = "urn:uuid:3080ae34-0cb2-4142-8e5a-a21184ac910a#"
PREFIX = "oralcam"


class Privacy(IntEnum):
    """How much of the patient goes into a file.

    NONE: nothing that leads to the patient; what the picture shows and what it was taken with.
    MINIMAL: what it takes to file it: ids, dates, the camera's serial number; no name, no free text.
    FULL: all of it, the name and the reason too.
    """

    NONE = 0
    MINIMAL = 1
    FULL = 2


class Kind(Enum):
    """The kind of a field's value. LINE has no line ends, TEXT may have some; WORDS are several lines."""

    LINE = "line"
    TEXT = "text"
    WORDS = "words"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    ORIENTATION = "orientation"
    EXPOSURE = "exposure"
    ISO = "iso"
    LIGHT = "light"


class Field(NamedTuple):
    """A field of `PhotoMetadata`. `ours` is its name in our own XMP namespace, if it is written there.

    `exif` and `xmp` are the names that readers show: they are what `oralcam guide jpeg` lists.
    """

    name: str
    kind: Kind
    privacy: Privacy
    exif: tuple[str, ...] = ()
    xmp: tuple[str, ...] = ()
    ours: str = ""
    longest: int = 128  # characters


_NONE, _MINIMAL, _FULL = Privacy.NONE, Privacy.MINIMAL, Privacy.FULL
_TAKEN = (
    "DateTimeOriginal",
    "OffsetTimeOriginal",
    "SubSecTimeOriginal",
    "DateTimeDigitized",
    "OffsetTimeDigitized",
    "SubSecTimeDigitized",
)

FIELDS = (
    Field("orientation", Kind.ORIENTATION, _NONE, exif=("Orientation",)),
    Field("make", Kind.LINE, _NONE, exif=("Make",)),
    Field("model", Kind.LINE, _NONE, exif=("Model",)),
    Field("software", Kind.LINE, _NONE, exif=("Software",)),
    Field("exposure_s", Kind.EXPOSURE, _NONE, exif=("ExposureTime",)),
    Field("iso", Kind.ISO, _NONE, exif=("PhotographicSensitivity",)),
    Field("gain", Kind.NUMBER, _NONE, ours="Gain"),
    Field("light", Kind.LIGHT, _NONE, ours="Light", longest=32),
    Field("tooth_system", Kind.LINE, _NONE, ours="ToothSystem"),
    Field("teeth", Kind.WORDS, _NONE, ours="Teeth", longest=16),
    Field("surfaces", Kind.WORDS, _NONE, ours="Surfaces", longest=16),
    Field("area", Kind.LINE, _NONE, ours="Area"),
    Field("view", Kind.LINE, _NONE, ours="View"),
    Field("mirror", Kind.LINE, _NONE, ours="Mirror"),
    Field("taken_at", Kind.MOMENT, _MINIMAL, exif=_TAKEN, xmp=("photoshop:DateCreated",)),
    Field("taken_at_uncertainty_s", Kind.NUMBER, _MINIMAL, ours="TakenAtUncertainty"),
    Field("date_of_service", Kind.DATE, _MINIMAL, ours="DateOfService"),
    Field("body_serial_number", Kind.LINE, _MINIMAL, exif=("BodySerialNumber",)),
    Field("image_unique_id", Kind.LINE, _MINIMAL, exif=("ImageUniqueID",), longest=32),
    Field("record_id", Kind.LINE, _MINIMAL, ours="RecordID"),
    Field("capture_id", Kind.LINE, _MINIMAL, ours="CaptureID"),
    Field("original_sha256", Kind.LINE, _MINIMAL, ours="OriginalSHA256", longest=64),
    Field("patient_id", Kind.LINE, _MINIMAL, ours="PatientID"),
    Field("patient_id_issuer", Kind.LINE, _MINIMAL, ours="PatientIDIssuer"),
    Field("procedure_code", Kind.LINE, _MINIMAL, ours="ProcedureCode"),
    Field("procedure_meaning", Kind.LINE, _MINIMAL, ours="ProcedureMeaning"),
    Field("family_name", Kind.LINE, _FULL, xmp=("Iptc4xmpExt:PersonInImage",), ours="FamilyName"),
    Field("given_name", Kind.LINE, _FULL, xmp=("Iptc4xmpExt:PersonInImage",), ours="GivenName"),
    Field("description", Kind.TEXT, _FULL, xmp=("dc:description",), longest=2000),
    Field("reason", Kind.TEXT, _FULL, ours="Reason", longest=1000),
    Field("operator", Kind.LINE, _FULL, ours="Operator"),
)
