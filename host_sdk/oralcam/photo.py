"""A photo: verified, durable, and what it was taken with."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from oralcam.errors import MissingExtra, OutputNotWritable, SpoolError
from oralcam.files.atomic_write import link_durable, write_durable
from oralcam.spool.spool import leave

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Literal

    import numpy
    from numpy.typing import NDArray

    from oralcam.lighting import ZoneLight
    from oralcam.quality import Profile, QualityReport


@dataclass(frozen=True)
class Photo:
    """A JPEG as it left the sensor. It is in the spool, on disk, before you get it; `save` takes it out.

    `light` says what was on: zone name to level (0..1) and current (mA). `taken_at` is the middle of the
    exposure in local time, off by at most `taken_at_uncertainty_s`; both are None for a photo from before the
    camera's last reset. `pressed_at` is when the button went down, known as well: a busy camera exposes later
    than that, and whose photo it is was settled then. It is None for a capture by a program, and where the
    camera's report of the press did not come.
    """

    capture_id: str
    sha256: str
    size: int
    width: int
    height: int
    light: Mapping[str, ZoneLight]
    taken_at: datetime | None
    taken_at_uncertainty_s: float | None
    trigger: Literal["host", "button"]
    press_number: int | None
    pressed_at: datetime | None
    exposure_us: int
    gain: float
    jpeg_quality: int
    settings_revision: int
    frames_skipped: int
    tip_temperature_c: float | None
    serial_number: str
    _spooled: Path = field(repr=False, compare=False)
    _kept: list[bytes] = field(default_factory=list, repr=False, compare=False)

    @property
    def jpeg(self) -> bytes:
        """The JPEG's bytes, unchanged since the sensor. Raises `SpoolError` if somebody emptied the spool."""
        if not self._kept:
            try:
                self._kept.append(self._spooled.read_bytes())
            except OSError as error:
                raise SpoolError(
                    f"Photo {self.capture_id} is not in the spool any more ({error.strerror})."
                ) from error
        return self._kept[0]

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the JPEG to `path`, durably, replacing a file there; then it leaves the spool.

        Raises `OutputNotWritable`: the photo stays in the spool, and nothing half-written is left.
        """
        target = Path(os.path.realpath(path))  # a link is written through, not replaced
        if target.exists() and not target.is_file():
            raise OutputNotWritable(f"{target} is not a file; the photo waits in {self._spooled}.")
        if target == Path(os.path.realpath(self._spooled)):
            raise OutputNotWritable(f"{target} is the spool's own file, and leaves it: name another folder.")
        data = self.jpeg  # read before it leaves the spool: the photo stays in your hands
        try:
            try:
                link_durable(self._spooled, target)
            except OSError:
                write_durable(target, data)
        except OSError as error:
            raise OutputNotWritable(
                f"{target} cannot be written ({error.strerror}); the photo waits in {self._spooled}."
            ) from error
        leave(self._spooled)
        return Path(path)

    def quality(self, profile: Profile | str | os.PathLike[str] | None = None) -> QualityReport:
        """Is the picture sharp, well lit and clear: figures, verdict, what to do. Needs `oralcam[image]`.

        `profile`: one of the package's by name ("general" if None, "anterior"), a JSON file, or a
        `Profile`. Raises `DamagedJpeg`, `UnsupportedJpeg`, `InvalidProfile`, `MissingExtra`.
        """
        from oralcam.quality import quality_of

        return quality_of(self.jpeg, profile)

    def release(self) -> None:
        """It is kept durably elsewhere, as in a record store: it leaves the spool."""
        leave(self._spooled)

    def array(self) -> NDArray[numpy.uint8]:
        """The pixels: RGB, shape (height, width, 3), uint8. Needs the extra `oralcam[image]`."""
        try:
            import io

            import numpy
            from PIL import Image
        except ImportError as error:
            raise MissingExtra(
                'photo.array() needs numpy and Pillow: pip install "oralcam[image]".'
            ) from error
        with Image.open(io.BytesIO(self.jpeg)) as image:
            return numpy.asarray(image.convert("RGB"))
