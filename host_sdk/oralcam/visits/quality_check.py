"""How good a photo is as a picture, measured as it is filed. It is never a reason not to file it."""

from __future__ import annotations

from oralcam import log
from oralcam.errors import MissingExtra, OralcamError
from oralcam.record import PictureQuality

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from oralcam.quality import Profile


def warm_up() -> None:
    """Load what judging needs before the first photo waits for it: numpy takes a third of a second."""
    try:
        from oralcam.quality import quality_of

        del quality_of
    except MissingExtra:
        log.info("the quality of photos is not measured: numpy and Pillow are not there")


def profile_of(source: Profile | str | os.PathLike[str] | None) -> Profile | None:
    """Return the profile that was chosen.

    Raises `InvalidProfile`, `MissingExtra` if nothing can judge by it.
    """
    if source is None:
        return None
    from oralcam.quality import Profile, quality_of

    del quality_of
    return source if isinstance(source, Profile) else Profile.load(source)


def judge(jpeg: bytes, profile: Profile | None = None) -> PictureQuality | None:
    """Return verdict and figures, or why the photo cannot be judged; None without `oralcam[image]`.

    This takes about 3 ms at 720p and 6 ms at 5 megapixels: of the order of writing the photo down durably.
    """
    try:
        from oralcam.quality import quality_of

        return PictureQuality.of_report(quality_of(jpeg, profile).as_dict())
    except MissingExtra:
        return None
    except OralcamError as error:
        return PictureQuality.unknown(_readable(str(error)))
    except Exception as error:
        log.exception("a photo could not be judged")
        return PictureQuality.unknown(f"The photo could not be judged ({type(error).__name__}).")


def _readable(sentence: str) -> str:
    """Return a decoder's words without what a record does not take."""
    readable = "".join(letter for letter in sentence if letter.isprintable()).strip()
    return readable[:1000] or "The photo cannot be judged."
