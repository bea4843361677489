"""The record: which patient, tooth, date and reason a photo belongs to. No camera here, and no network.

| module | what |
|---|---|
| `patient` | who is armed |
| `tooth`, `surface`, `area`, `view`, `site` | where in the mouth |
| `capture_record` | all of it together, immutable, as JSON |
"""

from oralcam.record.area import Area
from oralcam.record.capture_record import CaptureRecord, Procedure, Reason
from oralcam.record.device import Device, Light, ZoneLevel
from oralcam.record.history import Change, Correction
from oralcam.record.order import Order
from oralcam.record.patient import OtherId, PatientContext, Source
from oralcam.record.site import Site
from oralcam.record.surface import Surface
from oralcam.record.tooth import Tooth, ToothSystem
from oralcam.record.view import Mirror, View

__all__ = [
    "Area",
    "CaptureRecord",
    "Change",
    "Correction",
    "Device",
    "Light",
    "Mirror",
    "Order",
    "OtherId",
    "PatientContext",
    "Procedure",
    "Reason",
    "Site",
    "Source",
    "Surface",
    "Tooth",
    "ToothSystem",
    "View",
    "ZoneLevel",
]
