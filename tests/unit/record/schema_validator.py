"""The schema of a record's JSON, ready to judge."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

import oralcam.record

SCHEMA = json.loads(Path(oralcam.record.__file__).with_name("schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
FIRST = Path(__file__).with_name("record_version_1.json")
