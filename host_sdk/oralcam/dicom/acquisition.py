"""The equipment, moment, exposure and light of a photo (PS3.3 C.7.5.1, C.7.10.1, C.8.12.8)."""

from __future__ import annotations

from datetime import timedelta

from oralcam.dicom.elements import decimal, put

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from pydicom.dataset import Dataset

    from oralcam.record import CaptureRecord

OTHER_LIGHT = 255  # EXIF's number for a source it does not list: LEDs in the handpiece
NO_FLASH = 0


def put_equipment(dataset: Dataset, record: CaptureRecord) -> None:
    """Put in the module General Equipment."""
    from pydicom.dataset import Dataset

    device = record.device
    put(dataset, "Manufacturer", device.manufacturer)
    put(dataset, "DeviceSerialNumber", device.serial_number)
    if device.model:
        put(dataset, "ManufacturerModelName", device.model)
    versions = [version for version in (device.firmware_version, device.software_version) if version]
    if versions:
        put(dataset, "SoftwareVersions", versions)
    if device.udi:
        item = Dataset()
        put(item, "UniqueDeviceIdentifier", device.udi)
        put(dataset, "UDISequence", [item])


def put_moment(dataset: Dataset, record: CaptureRecord) -> None:
    """Put in when the photo was taken, in local time with its offset from UTC, and a number that sorts by it.

    The offset is the one with which the visit began: it holds for the study's time too. The number sorts a
    visit's photos.
    """
    own = record.taken_at
    taken = own.astimezone(record.visit_started_at.tzinfo)
    put(dataset, "ContentDate", f"{taken:%Y%m%d}")
    put(dataset, "ContentTime", f"{taken:%H%M%S.%f}")
    put(dataset, "AcquisitionDateTime", f"{own:%Y%m%d%H%M%S.%f}{offset(own)}")
    put(dataset, "TimezoneOffsetFromUTC", offset(taken))
    tenths = ((taken.hour * 60 + taken.minute) * 60 + taken.second) * 10 + taken.microsecond // 100_000
    put(dataset, "InstanceNumber", tenths)
    if record.press_number is not None and record.press_number < 1 << 31:
        put(dataset, "AcquisitionNumber", record.press_number)


def offset(moment: datetime) -> str:
    """Return the offset from UTC as DICOM writes it, "+0100". It knows no seconds there."""
    minutes = round((moment.utcoffset() or timedelta()).total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def put_exposure(dataset: Dataset, record: CaptureRecord) -> None:
    """Put in exposure time, temperature at the tip, and that the light was LEDs and no flash.

    Only a photograph has these attributes.
    """
    if record.exposure_us is not None:
        put(dataset, "ExposureTimeInSeconds", decimal(record.exposure_us / 1e6))
    if record.tip_temperature_c is not None:
        put(dataset, "Temperature", decimal(record.tip_temperature_c))
    if any(zone.level > 0 for zone in record.light.zones.values()):
        put(dataset, "LightSource", OTHER_LIGHT)
        put(dataset, "FlashFiringStatus", NO_FLASH)
