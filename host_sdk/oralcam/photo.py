"""A photo: verified, durable, with everything that it was taken with."""

from __future__ import annotations

import os

from oralcam.errors import MissingExtra, OutputNotWritable, SpoolError
from oralcam.files.atomic_write import link_durable, write_durable
from oralcam.spool.spool import leave

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import Literal, NoReturn, TypeVar, dataclass_transform

    import numpy
    from numpy.typing import NDArray

    from oralcam.lighting import ZoneLight
    from oralcam.quality import Profile, QualityReport

    Class = TypeVar("Class")

    @dataclass_transform(frozen_default=True)
    def _unchangeable(one: type[Class]) -> type[Class]:
        """Let a type checker see that nothing of it can be assigned."""
        return one

else:

    def _unchangeable(one):
        """Leave the class as it is: `__setattr__` refuses while a program runs."""
        return one


__all__ = ["Photo"]


@_unchangeable
class Photo:
    """A JPEG as it left the sensor. It is in the spool, on disk, before you get it; `save` takes it out.

    Two are equal if all that is told of them is; none can be changed.

    `light` says what was on: zone name to level (0..1) and current (mA). `taken_at` is the middle of the
    exposure in local time, off by at most `taken_at_uncertainty_s`; both are None for one taken before the
    camera's last reset. `pressed_at` is when the button went down, as exactly: a busy camera exposes later
    than that, and whose photo it is was settled then. It is None for a capture by a program, and where the
    camera's report of the press did not come.

    (No dataclass: that module takes longer to load than a photo to arrive.)
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
    # generated: settings used (python -m tools.generate, from protocol/oralcam_protocol/schema)
    exposure_us: int
    gain: float
    jpeg_quality: int
    # end of generated: settings used
    settings_revision: int
    frames_skipped: int
    tip_temperature_c: float | None
    serial_number: str
    _spooled: str
    _kept: list[bytes]

    def __init__(self, spooled: str, **told: object) -> None:
        """Tell of a photo in the file `spooled`; `told` has exactly the fields above."""
        if told.keys() != set(FIELDS):
            raise TypeError(f"A photo wants {', '.join(FIELDS)}.")
        vars(self).update(told, _spooled=spooled, _kept=[])

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{name} of a Photo cannot be changed: the photo is as it was taken.")

    def __eq__(self, other: object) -> bool:
        return self._told() == other._told() if isinstance(other, Photo) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # its light is a dictionary

    def __repr__(self) -> str:
        return f"Photo({', '.join(f'{name}={getattr(self, name)!r}' for name in FIELDS)})"

    def _told(self) -> list[object]:
        return [getattr(self, name) for name in FIELDS]

    @property
    def jpeg(self) -> bytes:
        """The JPEG's bytes, unchanged since the sensor.

        Raises `SpoolError` if the spool was emptied meanwhile.
        """
        if not self._kept:
            try:
                with open(self._spooled, "rb") as file:
                    self._kept.append(file.read())
            except OSError as error:
                raise SpoolError(
                    f"Photo {self.capture_id} is not in the spool any more ({error.strerror})."
                ) from error
        return self._kept[0]

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the JPEG to `path`, durably, replacing a file there; then the photo leaves the spool.

        Raises `OutputNotWritable`: the photo stays in the spool, and nothing half-written is left.
        """
        from pathlib import Path  # here: `oralcam capture` does without

        self._save(path)
        return Path(path)

    def _save(self, path: str | os.PathLike[str]) -> None:
        """Save as `save` does, and return nothing. Raises `OutputNotWritable`."""
        target = os.path.realpath(path)  # a link is written through, not replaced
        if os.path.exists(target) and not os.path.isfile(target):
            raise OutputNotWritable(f"{target} is not a file; the photo waits in {self._spooled}.")
        if target == os.path.realpath(self._spooled):
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

    def quality(self, profile: Profile | str | os.PathLike[str] | None = None) -> QualityReport:
        """Measure and judge the picture: is it sharp, well lit and clear? Needs `oralcam[image]`.

        The report holds figures, a verdict and what to do. `profile` is one of the package's by name
        ("general" if None, "anterior"), a JSON file, or a `Profile`. Raises `DamagedJpeg`, `UnsupportedJpeg`,
        `InvalidProfile`, `MissingExtra`.
        """
        from oralcam.quality import quality_of

        return quality_of(self.jpeg, profile)

    def release(self) -> None:
        """Take the photo out of the spool without saving it.

        It is kept durably elsewhere, as in a record store, or nobody wants it.
        """
        leave(self._spooled)

    def array(self) -> NDArray[numpy.uint8]:
        """Return the pixels: RGB, shape (height, width, 3), uint8. Needs the extra `oralcam[image]`.

        Raises `MissingExtra`, and `SpoolError` as `jpeg` does.
        """
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


FIELDS = tuple(name for name in Photo.__annotations__ if not name.startswith("_"))
