"""What options with a fixed set of values may be, told without what they mean: `--help` is in a hurry.

A test compares each with its source.
"""

from __future__ import annotations

TOOTH_SYSTEMS = ("universal", "iso_3950", "palmer")  # of oralcam.record.ToothSystem
TEMPLATES = ("full_mouth", "orthodontic")  # of oralcam.record.templates.TEMPLATES
PATIENT_FIELDS = ("patient_id", "issuer", "family_name", "given_name", "birth_date", "sex")  # the usual ones
