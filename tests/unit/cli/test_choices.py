"""`oralcam.cli.choices` repeats what other modules define, so that `--help` need not load them."""

from __future__ import annotations

from oralcam.cli.choices import PATIENT_FIELDS, TEMPLATES, TOOTH_SYSTEMS
from oralcam.cli.patient_file import FIELDS
from oralcam.record import ToothSystem, templates


def test_every_tooth_system_may_be_named() -> None:
    assert [system.value for system in ToothSystem] == list(TOOTH_SYSTEMS)


def test_every_template_may_be_named() -> None:
    assert list(templates.TEMPLATES) == list(TEMPLATES)


def test_a_patient_has_the_fields_that_help_names() -> None:
    assert set(PATIENT_FIELDS) <= set(FIELDS)
