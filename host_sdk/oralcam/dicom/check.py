"""Is an object as its standard demands? It is checked before it is sent or written: archives take any.

An archive was seen to answer "success" to an object without ImageType, Manufacturer and AcquisitionContext.
"""

from __future__ import annotations

from oralcam.dicom.dictionary import keyword_of, tag_of
from oralcam.dicom.modules import ITEMS, PHOTOGRAPH_DEMANDS, SECONDARY_CAPTURE_DEMANDS
from oralcam.dicom.uids import JPEG_BASELINE, PHOTOGRAPH, SECONDARY_CAPTURE
from oralcam.dicom.values import is_empty, misfits
from oralcam.errors import IncompleteDicom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pydicom.dataset import Dataset

    from oralcam.dicom.modules import Demand

__all__ = ["check", "findings"]

DEMANDS = {PHOTOGRAPH: PHOTOGRAPH_DEMANDS, SECONDARY_CAPTURE: SECONDARY_CAPTURE_DEMANDS}

# Values that the modules list, for the objects that are made here (C.7.6.1, C.7.6.3, C.8.12.1, C.7.3.1)
ALLOWED: dict[str, tuple[Any, ...]] = {
    "Modality": ("XC",),
    "PatientSex": ("M", "F", "O", ""),
    "ImageLaterality": ("R", "L", "U", "B"),
    "SamplesPerPixel": (1, 3),
    "PhotometricInterpretation": ("MONOCHROME2", "RGB", "YBR_FULL_422"),
    "PlanarConfiguration": (0,),
    "BitsAllocated": (8,),
    "BitsStored": (8,),
    "HighBit": (7,),
    "PixelRepresentation": (0,),
    "LossyImageCompression": ("00", "01"),
    "BurnedInAnnotation": ("YES", "NO"),
    "ConversionType": ("DV", "DI", "DF", "WSD", "SD", "SI", "DRW", "SYN"),
}


def findings(dataset: Dataset) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing or wrong.

    It names attribute and module, never a value.
    """
    kind = str(dataset.get("SOPClassUID") or "")
    demands = DEMANDS.get(kind, PHOTOGRAPH_DEMANDS)
    found = [*_elements(dataset, demands), *_pixels(dataset), *_file(dataset)]
    if kind and kind not in DEMANDS:
        found.append("SOPClassUID (SOP Common) is neither a photograph's nor a secondary capture's.")
    return tuple(dict.fromkeys(found))


def check(dataset: Dataset) -> None:
    """Raise `IncompleteDicom` with all findings, if there are any."""
    found = findings(dataset)
    if found:
        more = f" And {len(found) - 1} more." if len(found) > 1 else ""
        raise IncompleteDicom(f"The DICOM object is not complete, and is not sent: {found[0]}{more}", found)


def _elements(dataset: Dataset, demands: tuple[Demand, ...], inside: str = "") -> Iterator[str]:
    """Yield what is missing and what does not fit, in the items of sequences too."""
    present = dataset.keys()
    for demand in demands:
        tag = tag_of(demand.keyword)
        missing = tag not in present
        if not (missing or (demand.needs_value and is_empty(dataset[tag].value))):
            continue
        if demand.condition is None or demand.condition(dataset):
            place = f" in {inside}" if inside else ""
            module = f"{demand.module} (PS3.3 {demand.where})"
            yield (
                f"{demand.keyword}{place}, Type {demand.type} of the module {module}, is "
                f"{'missing' if missing else 'empty'}."
            )
    for tag in present:
        element = dataset.get_item(tag)
        if not hasattr(element, "VM"):  # read from a file, and not decoded yet
            element = dataset[tag]
        keyword, value = keyword_of(tag), element.value
        if element.VR == "SQ":
            for item in value:
                yield from _elements(item, ITEMS.get(keyword, ()), keyword)
            continue
        yield from misfits(keyword, element)
        if keyword in ALLOWED and not is_empty(value) and value not in ALLOWED[keyword]:
            yield f"{keyword} has a value that a photograph may not have."
    image_type = list(dataset.get("ImageType") or [])
    if image_type and (image_type[0] not in ("ORIGINAL", "DERIVED") or image_type[1:2] != ["PRIMARY"]):
        yield "ImageType (General Image) is neither ORIGINAL\\PRIMARY nor DERIVED\\PRIMARY."


def _pixels(dataset: Dataset) -> Iterator[str]:
    """Yield where pixel data, their description and the transfer syntax disagree."""
    samples, interpretation = dataset.get("SamplesPerPixel"), dataset.get("PhotometricInterpretation")
    if samples in (1, 3) and interpretation in ALLOWED["PhotometricInterpretation"]:
        if (samples == 1) != (interpretation == "MONOCHROME2"):
            yield "PhotometricInterpretation and SamplesPerPixel (Image Pixel) do not agree."
        elif interpretation == "YBR_FULL_422" and not _encapsulated(dataset):
            yield "PhotometricInterpretation (Image Pixel) is YBR_FULL_422, but the pixels are no JPEG."
    if (
        "PixelData" in dataset
        and not _encapsulated(dataset)
        and dataset.get("Rows")
        and dataset.get("Columns")
    ):
        expected = int(dataset.Rows) * int(dataset.Columns) * int(samples or 0)
        if len(dataset.PixelData or b"") != expected + expected % 2:
            yield "PixelData (Image Pixel) is not as long as rows, columns and samples say."


def _encapsulated(dataset: Dataset) -> bool:
    meta = getattr(dataset, "file_meta", None)
    return meta is None or str(meta.get("TransferSyntaxUID") or "") == JPEG_BASELINE


def _file(dataset: Dataset) -> Iterator[str]:
    """Yield where the file's head (PS3.10 section 7.1) does not name the object that follows."""
    meta = getattr(dataset, "file_meta", None)
    for keyword, of in (
        ("MediaStorageSOPClassUID", "SOPClassUID"),
        ("MediaStorageSOPInstanceUID", "SOPInstanceUID"),
        ("TransferSyntaxUID", ""),
    ):
        value = None if meta is None else meta.get(keyword)
        if not value:
            yield f"{keyword}, Type 1 of the File Meta Information (PS3.10 7.1), is missing."
        elif of and dataset.get(of) and value != dataset.get(of):
            yield f"{keyword} (File Meta Information) is not the {of} of the object."
