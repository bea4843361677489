"""The record: which patient, tooth, date and reason a photo belongs to.

It knows no camera and no network.

| module | what |
|---|---|
| `patient` | who is armed |
| `mouth/` | tooth, surface, area, view, site: where in the mouth |
| `taken_photo`, `capture_record` | what the camera told; all of it together as JSON, and how it is made |
| `picture_quality` | how good the picture is |
| `corrections`, `history` | site and reason after the press, another patient: nothing is forgotten |
| `assignment/` | who was armed when, and so whose a photo is, or why nobody knows; quarantine |
| `store`, `audit` | on disk |
| `templates` | series of photos, view by view |
| `metadata` | what of it is written into the JPEG |

Modules without `__all__` are internal.
"""

from oralcam.record.assignment.doubt import Doubt
from oralcam.record.assignment.quarantine import Quarantine
from oralcam.record.assignment.quarantined_photo import QuarantinedPhoto
from oralcam.record.assignment.timeline import Arming, Assigned, Quarantined, Timeline
from oralcam.record.audit import AuditLog
from oralcam.record.capture_record import CaptureRecord, VisitIds, make_record
from oralcam.record.device import Device, Light, ZoneLevel
from oralcam.record.history import Change, Correction
from oralcam.record.mouth.area import Area
from oralcam.record.mouth.site import Site
from oralcam.record.mouth.surface import Surface
from oralcam.record.mouth.tooth import Tooth, ToothSystem
from oralcam.record.mouth.view import Mirror, View
from oralcam.record.order import Order
from oralcam.record.patient import OtherId, PatientContext, Source
from oralcam.record.picture_quality import PictureQuality, Verdict
from oralcam.record.procedure import Procedure, Reason
from oralcam.record.store import RecordStore
from oralcam.record.taken_photo import TakenPhoto
from oralcam.record.templates import Series, Template, TemplateView
from oralcam.record.timestamps import HostTime

__all__ = [
    "Area",
    "Arming",
    "Assigned",
    "AuditLog",
    "CaptureRecord",
    "Change",
    "Correction",
    "Device",
    "Doubt",
    "HostTime",
    "Light",
    "Mirror",
    "Order",
    "OtherId",
    "PatientContext",
    "PictureQuality",
    "Procedure",
    "Quarantine",
    "Quarantined",
    "QuarantinedPhoto",
    "Reason",
    "RecordStore",
    "Series",
    "Site",
    "Source",
    "Surface",
    "TakenPhoto",
    "Template",
    "TemplateView",
    "Timeline",
    "Tooth",
    "ToothSystem",
    "Verdict",
    "View",
    "VisitIds",
    "ZoneLevel",
    "make_record",
]
