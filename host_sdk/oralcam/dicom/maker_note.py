"""MakerNote (0016,002B), the camera maker's own field: what no attribute of DICOM has a place for.

It belongs to the module VL Photographic Acquisition, which validators know (they know no private group): the
object stays free of warnings. It holds one line of JSON, nothing about the patient, and then, only in an
object whose pixels had to be transcoded, the JPEG as it left the sensor.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from oralcam.record import CaptureRecord

MARK = "oralcam"
VERSION = 1
LONGEST_LINE = 65536


def maker_note(record: CaptureRecord, sha256: str, jpeg: bytes = b"", size: int = 0) -> bytes:
    """Return the field's bytes.

    `sha256` and `size` are of the JPEG in the object, `jpeg` is the one kept here.
    """
    told = {
        MARK: VERSION,
        "record_id": record.record_id,
        "visit_id": record.visit_id,
        "supersedes": record.supersedes,
        "capture_id": record.capture_id,
        "press_number": record.press_number,
        "sensor_sha256": record.jpeg_sha256,
        "jpeg_sha256": sha256,
        "jpeg_size": size,
        "jpeg_here": bool(jpeg),
        "exif_orientation": record.orientation,
        "taken_at_uncertainty_s": record.taken_at_uncertainty_s,
        "exposure_us": record.exposure_us,
        "gain": record.gain,
        "light": {name: [zone.level, zone.current_ma] for name, zone in record.light.zones.items()},
    }
    line = json.dumps(told, separators=(",", ":"), ensure_ascii=True).encode()
    return b"".join((line, b"\n", jpeg))


def read_maker_note(field: bytes) -> tuple[dict[str, Any], bytes] | None:
    """Return the JSON and the bytes that follow it; None if another maker's program wrote the field."""
    line = field[:LONGEST_LINE].partition(b"\n")[0]
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.get(MARK) != VERSION:
        return None
    return told, field[len(line) + 1 :] if told.get("jpeg_here") is True else b""
