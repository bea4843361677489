"""Our own checker: nothing incomplete leaves the house, whatever an archive would take."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID

from oralcam.dicom.check import check, findings
from oralcam.dicom.modules import ITEMS, PHOTOGRAPH_DEMANDS, SECONDARY_CAPTURE_DEMANDS, Demand
from oralcam.dicom.photo import DicomPhoto, photographic_image, secondary_capture
from oralcam.errors import IncompleteDicom
from tests.unit.dicom.photos import full_record, jpeg

# Attributes that only matter together with one which our objects never have: the mutation adds that one.
TRIGGERS: dict[str, tuple[str, Any]] = {
    "ResponsiblePersonRole": ("ResponsiblePerson", "Somebody^Else"),
    "PixelPaddingValue": ("PixelPaddingRangeLimit", 0),
    "ExtendedOffsetTableLengths": ("ExtendedOffsetTable", b"\0" * 8),
    "WindowWidth": ("WindowCenter", "128"),
    "PatientAlternativeCalendar": ("PatientBirthDateInAlternativeCalendar", "H30.1.2"),
    "DeidentificationMethod": ("PatientIdentityRemoved", "YES"),
    "PixelSpacing": ("PixelSpacingCalibrationType", "GEOMETRY"),
    "PixelSpacingCalibrationDescription": ("PixelSpacingCalibrationType", "GEOMETRY"),
}


def photo_of(demands: tuple[Demand, ...]) -> DicomPhoto:
    make = photographic_image if demands is PHOTOGRAPH_DEMANDS else secondary_capture
    return make(full_record(), jpeg(), edited_from="2.25.1")


PHOTOS = {demands: photo_of(demands) for demands in (PHOTOGRAPH_DEMANDS, SECONDARY_CAPTURE_DEMANDS)}


def cases(*types: str) -> list[Any]:
    return [
        pytest.param(demands, demand, id=f"{kind}-{demand.module}-{demand.keyword}".replace(" ", "_"))
        for demands, kind in ((PHOTOGRAPH_DEMANDS, "photograph"), (SECONDARY_CAPTURE_DEMANDS, "capture"))
        for demand in demands
        if demand.type in types
    ]


def mutated(demands: tuple[Demand, ...]) -> Dataset:
    return copy.deepcopy(PHOTOS[demands].dataset)


@pytest.mark.parametrize(("demands", "demand"), cases("1", "2", "1C", "2C"))
def test_an_attribute_that_is_removed_is_missed(demands: tuple[Demand, ...], demand: Demand) -> None:
    dataset = mutated(demands)
    if demand.keyword in TRIGGERS:
        setattr(dataset, *TRIGGERS[demand.keyword])
    elif demand.keyword == "Laterality":
        del dataset.ImageLaterality
    else:
        delattr(dataset, demand.keyword)
    with pytest.raises(IncompleteDicom) as caught:
        check(dataset)
    told = [line for line in caught.value.findings if line.startswith(f"{demand.keyword}, ")]
    assert any(f"module {demand.module} (PS3.3 {demand.where}), is missing." in line for line in told)
    assert caught.value.findings[0] in str(caught.value)


@pytest.mark.parametrize(("demands", "demand"), cases("1", "1C"))
def test_an_attribute_of_type_1_that_is_emptied_is_missed(
    demands: tuple[Demand, ...], demand: Demand
) -> None:
    dataset = mutated(demands)
    if demand.keyword in TRIGGERS:
        setattr(dataset, *TRIGGERS[demand.keyword])
    setattr(dataset, demand.keyword, [] if demand.keyword.endswith("Sequence") else None)
    told = [line for line in findings(dataset) if line.startswith(f"{demand.keyword}, ")]
    assert any(f"module {demand.module} (PS3.3 {demand.where}), is empty." in line for line in told)


@pytest.mark.parametrize(("demands", "demand"), cases("2"))
def test_an_attribute_of_type_2_may_be_empty(demands: tuple[Demand, ...], demand: Demand) -> None:
    dataset = mutated(demands)
    setattr(dataset, demand.keyword, [] if demand.keyword.endswith("Sequence") else None)
    assert findings(dataset) == ()


def items(dataset: Dataset) -> list[tuple[str, Dataset]]:
    found = []
    for element in dataset:
        if element.VR == "SQ":
            for item in element.value:
                found += [(element.keyword, item), *items(item)]
    return found


def test_what_is_missing_inside_a_sequence_is_missed() -> None:
    where = {keyword for keyword, _ in items(mutated(PHOTOGRAPH_DEMANDS))}
    assert where >= {"PrimaryAnatomicStructureModifierSequence", "ViewModifierCodeSequence", "UDISequence"}
    assert where - ITEMS.keys() == {"RequestAttributesSequence"}  # all of it Type 3
    for position, (keyword, _) in enumerate(items(mutated(PHOTOGRAPH_DEMANDS))):
        for demand in ITEMS.get(keyword, ()):
            dataset = mutated(PHOTOGRAPH_DEMANDS)
            item = items(dataset)[position][1]
            delattr(item, demand.keyword)
            assert any(
                line.startswith(f"{demand.keyword} in {keyword}, ") and "is missing" in line
                for line in findings(dataset)
            ), (keyword, demand.keyword)


@pytest.mark.parametrize(
    "keyword", ["MediaStorageSOPClassUID", "MediaStorageSOPInstanceUID", "TransferSyntaxUID"]
)
def test_a_file_must_say_what_is_in_it(keyword: str) -> None:
    dataset = mutated(PHOTOGRAPH_DEMANDS)
    delattr(dataset.file_meta, keyword)
    assert any(line.startswith(keyword) and "File Meta Information" in line for line in findings(dataset))


def test_a_file_that_names_another_object_is_refused() -> None:
    dataset = mutated(PHOTOGRAPH_DEMANDS)
    dataset.file_meta.MediaStorageSOPInstanceUID = UID("2.25.5")
    assert findings(dataset) == (
        "MediaStorageSOPInstanceUID (File Meta Information) is not the SOPInstanceUID of the object.",
    )


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("Modality", "OT"),
        ("PhotometricInterpretation", "YBR_FULL"),
        ("PhotometricInterpretation", "MONOCHROME2"),
        ("SamplesPerPixel", 4),
        ("BitsAllocated", 16),
        ("LossyImageCompression", "NO"),
        ("ImageType", ["PRIMARY", "ORIGINAL"]),
        ("ImageType", "ORIGINAL"),
        ("PatientSex", "female"),
        ("ImageLaterality", "X"),
    ],
)
def test_a_value_that_the_standard_does_not_list_is_refused(keyword: str, value: Any) -> None:
    dataset = mutated(PHOTOGRAPH_DEMANDS)
    setattr(dataset, keyword, value)
    assert any(line.startswith(keyword) for line in findings(dataset))


@pytest.mark.filterwarnings("ignore::UserWarning")  # pydicom warns and writes it all the same
@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("AccessionNumber", "more than sixteen"),
        ("PatientID", "P" * 65),
        ("PatientID", "P\\Q"),
        ("PatientID", "P\n"),
        ("PatientName", "M" * 65),
        ("StudyDate", "2026-03-04"),
        ("ContentTime", "10:11"),
        ("AcquisitionDateTime", "yesterday"),
        ("StudyInstanceUID", "1.02.3"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_not_repeated(keyword: str, value: str) -> None:
    dataset = mutated(PHOTOGRAPH_DEMANDS)
    from pydicom.config import IGNORE
    from pydicom.dataelem import DataElement

    dataset[keyword] = DataElement(dataset[keyword].tag, dataset[keyword].VR, value, validation_mode=IGNORE)
    told = [line for line in findings(dataset) if line.startswith(keyword)]
    assert told
    assert value not in " ".join(told)


def test_pixels_must_be_as_many_as_rows_and_columns_say() -> None:
    photo = photographic_image(full_record(jpeg("4:4:4")), jpeg("4:4:4"))
    dataset = copy.deepcopy(photo.dataset)
    dataset.PixelData = dataset.PixelData[:-2]
    assert findings(dataset) == ("PixelData (Image Pixel) is not as long as rows, columns and samples say.",)


def test_an_object_that_was_spoilt_is_not_written() -> None:
    photo = photographic_image(full_record(), jpeg())
    del photo.dataset.ImageType
    with pytest.raises(
        IncompleteDicom, match=r"^The DICOM object is not complete, and is not sent: ImageType, "
    ):
        photo.to_bytes()


def test_another_kind_of_object_is_not_ours_to_send() -> None:
    dataset = mutated(PHOTOGRAPH_DEMANDS)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.2")
    assert any("neither a photograph's nor a secondary capture's" in line for line in findings(dataset))
