"""A patient out of a file, or standard input: on a command line, everybody on the machine could read it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from oralcam.cli.parsing import UsageError
from oralcam.errors import InvalidPatient
from oralcam.record import PatientContext, Source, json_form

LARGEST = 65_536  # bytes


def read_patient(path: str) -> PatientContext:
    """The JSON object in `path`, "-" for standard input: `patient_id`, `issuer`, `family_name`, `given_name`,
    `birth_date` and what else the record's schema has of a patient. Raises `InvalidPatient`, `InvalidRecord`.
    """
    try:
        text = sys.stdin.buffer.read(LARGEST) if path == "-" else Path(path).read_bytes()[:LARGEST]
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidPatient("The patient is no JSON object.") from None  # the text stays out of the message
    if not isinstance(plain, dict):
        raise InvalidPatient("The patient is no JSON object.")
    defaults = {"source": Source.TYPED.value, "birth_date": None, "given_name": ""}
    patient = json_form.from_plain(PatientContext, {**defaults, **plain}, "patient")
    assert isinstance(patient, PatientContext)
    return patient
