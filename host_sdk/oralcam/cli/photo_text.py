"""A saved photo, told to a program or to a person."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from oralcam.photo import Photo

NAMES = (
    "capture_id",
    "sha256",
    "size",
    "width",
    "height",
    "taken_at_uncertainty_s",
    "trigger",
    "press_number",
    # generated: settings used (python -m tools.generate, from protocol/oralcam_protocol/schema)
    "exposure_us",
    "gain",
    "jpeg_quality",
    # end of generated: settings used
    "tip_temperature_c",
    "serial_number",
)


def photo_record(photo: Photo, path: str | PathLike[str]) -> dict[str, object]:
    """Return a photo for JSON; `taken_at` is ISO 8601 with its offset from UTC."""
    return {
        "path": str(path),
        **{name: getattr(photo, name) for name in NAMES},
        "taken_at": photo.taken_at.isoformat() if photo.taken_at else None,
        "light": {
            zone: {"level": light.level, "current_ma": light.current_ma}
            for zone, light in photo.light.items()
        },
    }


def photo_line(photo: Photo, path: str | PathLike[str]) -> str:
    """Return a line for people: where the photo is, then what it is."""
    light = ", ".join(f"{zone} {zone_light.level:.0%}" for zone, zone_light in photo.light.items())
    what = [f"{photo.width} x {photo.height}", f"{photo.size / 1000:,.0f} kB", f"light: {light}"]
    if photo.press_number is not None:
        what.insert(0, f"press {photo.press_number}")
    if photo.taken_at is not None:
        what.append(photo.taken_at.strftime("%H:%M:%S"))
    return f"{path}  ({'; '.join(what)})"
