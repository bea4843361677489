"""From what the camera says of a photo to what the record keeps."""

from __future__ import annotations

from datetime import datetime

from oralcam.record import Device, Light, TakenPhoto, ZoneLevel
from oralcam.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from oralcam.camera import Camera
    from oralcam.photo import Photo
    from oralcam.spool.contents import SpooledPhoto


def taken_photo(photo: Photo, camera: Camera) -> TakenPhoto:
    """Return everything that the record keeps of a photo.

    Raises `InvalidRecord` for a camera that talks nonsense.
    """
    return TakenPhoto(
        capture_id=photo.capture_id,
        taken_at=photo.taken_at,
        taken_at_uncertainty_s=photo.taken_at_uncertainty_s,
        device=Device(
            photo.serial_number,
            model=camera.board,
            firmware_version=camera.firmware_version,
            software_version=__version__,
        ),
        jpeg_sha256=photo.sha256,
        jpeg_size=photo.size,
        width=photo.width,
        height=photo.height,
        press_number=photo.press_number,
        pressed_at=photo.pressed_at,
        light=Light({zone: ZoneLevel(light.level, light.current_ma) for zone, light in photo.light.items()}),
        exposure_us=photo.exposure_us,
        gain=photo.gain,
        tip_temperature_c=photo.tip_temperature_c,
    )


def spooled_photo(photo: SpooledPhoto, data: bytes) -> TakenPhoto:
    """Return what the spool wrote down of a photo whose program was killed. Raises `InvalidRecord`."""
    import hashlib

    said = photo.description
    light = said.get("light", {})
    return TakenPhoto(
        capture_id=photo.capture_id,
        taken_at=_moment(said.get("taken_at")),
        taken_at_uncertainty_s=said.get("taken_at_uncertainty_s"),
        device=Device(str(said.get("serial_number") or photo.capture_id), software_version=__version__),
        jpeg_sha256=hashlib.sha256(data).hexdigest(),
        jpeg_size=len(data),
        width=said.get("width", 0) or 1,
        height=said.get("height", 0) or 1,
        press_number=said.get("press_number"),
        pressed_at=_moment(said.get("pressed_at")),
        light=Light({zone: ZoneLevel(**level) for zone, level in light.items()}),
        exposure_us=said.get("exposure_us"),
        gain=said.get("gain"),
        tip_temperature_c=said.get("tip_temperature_c"),
    )


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
