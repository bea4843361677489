"""From what the camera says of a photo to the `Photo` that a program gets."""

from __future__ import annotations

from oralcam.lighting import celsius, zones_from_wire
from oralcam.photo import FIELDS, Photo
from oralcam_protocol.wire.enums import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from oralcam.link.connection import Connection
    from oralcam_protocol.wire.codec import Photo as WirePhoto


def photo_from_wire(
    wire: WirePhoto,
    connection: Connection,
    capture_id: str,
    sha256: bytes,
    path: str,
    pressed_us: int | None = None,
) -> Photo:
    """Return the photo that is in the spool at `path`.

    Its times are known if the camera has not been reset since.
    """
    middle_us = (wire.exposure_start_us + wire.exposure_end_us) // 2
    this_boot = wire.boot_id == connection.hello.boot_id
    moment = connection.clock.moment(middle_us) if this_boot else None
    pressed = connection.clock.moment(pressed_us) if this_boot and pressed_us is not None else None
    return Photo(
        path,
        capture_id=capture_id,
        sha256=sha256.hex(),
        size=wire.size,
        width=wire.width,
        height=wire.height,
        light=zones_from_wire(wire.light),
        taken_at=moment.local() if moment else None,
        taken_at_uncertainty_s=moment.uncertainty_s if moment else None,
        trigger="button" if wire.trigger == Trigger.BUTTON else "host",
        press_number=wire.press_number or None,
        pressed_at=pressed.local() if pressed else None,
        # generated: settings used (python -m tools.generate, from protocol/oralcam_protocol/schema)
        exposure_us=wire.exposure_us,
        gain=wire.gain_milli / 1000,
        jpeg_quality=wire.jpeg_quality,
        # end of generated: settings used
        settings_revision=wire.settings_revision,
        frames_skipped=wire.frames_skipped,
        tip_temperature_c=celsius(wire.tip_temperature_mc),
        serial_number=connection.hello.serial_number,
    )


def as_json(photo: Photo) -> dict[str, Any]:
    """Return the description that stands beside the photo in the spool."""
    described = {name: getattr(photo, name) for name in FIELDS}
    described["light"] = {zone: light._asdict() for zone, light in photo.light.items()}
    for name in ("taken_at", "pressed_at"):
        described[name] = described[name].isoformat() if described[name] else None
    return described
