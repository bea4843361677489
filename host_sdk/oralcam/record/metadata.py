"""The part of a record that is written into its JPEG."""

from __future__ import annotations

from datetime import timedelta, timezone

from oralcam.jpeg import LightZone, PhotoMetadata
from oralcam.record.mouth.view import Mirror

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from oralcam.record.capture_record import CaptureRecord

__all__ = ["photo_metadata"]


def photo_metadata(record: CaptureRecord) -> PhotoMetadata:
    """Return all that a photo can say of its record; the privacy level of a sink takes out what is too much.

    Teeth stand in the system in which people named them, with the system beside them.
    """
    site, patient, device = record.site, record.patient, record.device
    named_in = site.system if site else None
    names = [tooth.name_in(named_in) for tooth in site.teeth] if site and named_in else []
    return PhotoMetadata(
        taken_at=_in_minutes(record.taken_at),
        taken_at_uncertainty_s=record.taken_at_uncertainty_s,
        orientation=record.orientation,
        make=device.manufacturer,
        model=device.model,
        software=f"oralcam {device.software_version}".strip(),
        body_serial_number=device.serial_number,
        image_unique_id=record.record_id.replace("-", ""),
        exposure_s=record.exposure_us / 1e6 if record.exposure_us else None,
        gain=record.gain,
        family_name=patient.family_name,
        given_name=patient.given_name,
        description=description(record),
        patient_id=patient.patient_id,
        patient_id_issuer=patient.issuer,
        date_of_service=record.date_of_service,
        tooth_system=named_in.value if named_in else "",
        teeth=tuple(name for name in names if name is not None),
        surfaces=tuple(surface.value for surface in site.surfaces) if site else (),
        area=site.area.value if site and site.area else "",
        view=site.view.value if site and site.view else "",
        mirror=site.mirror.value if site and site.mirror is not Mirror.NONE else "",
        reason=record.reason,
        procedure_code=record.procedure.code if record.procedure else "",
        procedure_meaning=record.procedure.meaning if record.procedure else "",
        record_id=record.record_id,
        capture_id=record.capture_id,
        original_sha256=record.jpeg_sha256,
        light=tuple(
            LightZone(zone, level, current_ma)
            for zone, (level, current_ma) in record.light.zones.items()
            if level > 0
        ),
        operator=record.operator,
    )


def description(record: CaptureRecord) -> str:
    """Return a line for people: where, why, for which procedure.

    It names no patient: the name has a field of its own.
    """
    parts = [
        record.site.label if record.site else "",
        record.reason,
        f"{record.procedure.code} {record.procedure.meaning}".strip() if record.procedure else "",
    ]
    return "; ".join(part for part in parts if part)


def _in_minutes(moment: datetime) -> datetime:
    """Return the moment with an offset of whole minutes: EXIF has no seconds there.

    A few places had such offsets long ago.
    """
    offset = moment.utcoffset()
    return (
        moment
        if offset is not None and not offset % timedelta(minutes=1)
        else moment.astimezone(timezone.utc)
    )
