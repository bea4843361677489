"""The patient of a photo, its visit and its reason: the modules Patient, General Study and General Series."""

from __future__ import annotations

from oralcam.dicom.elements import concept, one_line, put

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from oralcam.record import CaptureRecord, PatientContext

CDT = "CD2"  # the ADA's codes; validators do not know "CDT"


def put_patient(dataset: Dataset, patient: PatientContext) -> None:
    """Put in the module Patient."""
    put(dataset, "PatientName", person_name(patient))
    put(dataset, "PatientID", patient.patient_id)
    put(dataset, "IssuerOfPatientID", patient.issuer)
    put(dataset, "PatientBirthDate", f"{patient.birth_date:%Y%m%d}" if patient.birth_date else "")
    put(dataset, "PatientSex", patient.sex)
    if patient.other_ids:
        put(
            dataset,
            "OtherPatientIDsSequence",
            [_other(one.patient_id, one.issuer) for one in patient.other_ids],
        )


def person_name(patient: PatientContext) -> str:
    """Return a PN (PS3.5 section 6.2.1): family^given^middle^prefix^suffix, in three writings."""
    writings = (
        (
            patient.family_name,
            patient.given_name,
            patient.middle_name,
            patient.name_prefix,
            patient.name_suffix,
        ),
        (patient.family_name_ideographic, patient.given_name_ideographic),
        (patient.family_name_phonetic, patient.given_name_phonetic),
    )
    return "=".join(_writing("^".join(parts)) for parts in writings).rstrip("=")


def _writing(name: str) -> str:
    """Return one writing without empty parts at its end, but with one ^.

    A name without any ^ is of a form that was retired.
    """
    name = name.rstrip("^")
    return f"{name}^" if name and "^" not in name else name


def put_study(dataset: Dataset, record: CaptureRecord) -> None:
    """Put in the module General Study: the same for all photos of a visit, or archives complain.

    Its date and time are when the visit began, not when the patient was armed last.
    """
    started = record.visit_started_at
    order = record.order
    put(dataset, "StudyInstanceUID", record.study_uid)
    put(dataset, "StudyDate", f"{started:%Y%m%d}")
    put(dataset, "StudyTime", f"{started:%H%M%S}")
    put(dataset, "AccessionNumber", order.accession_number if order else "")
    put(dataset, "ReferringPhysicianName", _writing(one_line(order.referring_physician, 63)) if order else "")
    put(
        dataset,
        "StudyID",
        (order.requested_procedure_id if order else "") or record.visit_id.replace("-", "")[:16],
    )
    put(dataset, "StudyDescription", (order.description if order else "") or "Dental photographs")


def put_series(dataset: Dataset, record: CaptureRecord) -> None:
    """Put in the module General Series, with the reason for the photo and the procedure that it documents."""
    put(dataset, "Modality", "XC")
    put(dataset, "SeriesInstanceUID", record.series_uid)
    put(dataset, "SeriesNumber", 1)
    put(dataset, "SeriesDescription", "Photographs")
    if record.operator:
        put(dataset, "OperatorsName", _writing(one_line(record.operator.replace("=", " "), 63)))
    request = _request(record)
    if len(request):
        put(dataset, "RequestAttributesSequence", [request])


def _request(record: CaptureRecord) -> Dataset:
    from pydicom.dataset import Dataset

    item = Dataset()
    if record.reason:
        put(item, "ReasonForTheRequestedProcedure", one_line(record.reason, 64))  # whole in ImageComments
    if record.procedure is not None:
        meaning = record.procedure.meaning or f"Procedure {record.procedure.code}"
        put(item, "ReasonForRequestedProcedureCodeSequence", [concept(record.procedure.code, CDT, meaning)])
    order = record.order
    for keyword, value in (
        ("RequestedProcedureID", order.requested_procedure_id if order else ""),
        ("ScheduledProcedureStepID", order.scheduled_step_id if order else ""),
        ("AccessionNumber", order.accession_number if order else ""),
        ("RequestedProcedureDescription", order.description if order else ""),
    ):
        if value:
            put(item, keyword, value)
    return item


def _other(patient_id: str, issuer: str) -> Dataset:
    from pydicom.dataset import Dataset

    item = Dataset()
    put(item, "PatientID", patient_id)
    put(item, "IssuerOfPatientID", issuer)
    put(item, "TypeOfPatientID", "TEXT")
    return item
