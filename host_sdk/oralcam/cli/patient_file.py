"""A patient from a file or standard input: everybody on the machine could read a command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from oralcam.cli.choices import PATIENT_FIELDS
from oralcam.errors import InvalidPatient, UsageError
from oralcam.record import PatientContext, Source, json_form

LARGEST = 65_536  # bytes
# All that a record says of a patient, except what arming says
FIELDS = tuple(name for name in json_form.types_of(PatientContext) if name not in ("armed_at", "expires_at"))


def read_patient(name: str) -> PatientContext:
    """Read the JSON object in the file `name`, "-" for standard input, with `FIELDS` or some of them.

    Raises `UsageError` if it cannot be read, `InvalidPatient` or `InvalidRecord` for its content, which is
    not repeated.
    """
    try:
        text = sys.stdin.buffer.read(LARGEST) if name == "-" else Path(name).read_bytes()[:LARGEST]
    except OSError as error:
        raise UsageError(f"{name} cannot be read ({error.strerror}).") from error
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise InvalidPatient(f"The patient's file must be a JSON object with {', '.join(PATIENT_FIELDS)}.")
    if set(said) - set(FIELDS):
        raise InvalidPatient(
            f"The patient's file has fields that mean nothing here; there are {', '.join(FIELDS)}."
        )
    said = {"source": Source.TYPED.value, "family_name": "", "given_name": "", "birth_date": None, **said}
    lacking = [field for field in json_form.required_of(PatientContext) if field not in said]
    if lacking:
        raise InvalidPatient(f"The patient's file lacks {', '.join(lacking)}.")
    patient = json_form.from_plain(PatientContext, said, "the patient's file")
    assert isinstance(patient, PatientContext)
    return patient
