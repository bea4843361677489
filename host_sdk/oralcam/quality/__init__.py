"""Is the picture good enough? Figures of a photo, judged by a profile; in words, with what to do about it.

The verdict describes the photograph, never the tooth. `quality_of(jpeg)` takes a JPEG's bytes,
`photo.quality()` a photo; `sharpest(photos)` picks one of several. This package needs the extra
`oralcam[image]`; it knows no camera and no record.

Modules without `__all__` are internal.
"""

from __future__ import annotations

from importlib import import_module

from oralcam.errors import MissingExtra

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.quality.choosing import sharpest as sharpest
    from oralcam.quality.clipping import Clipping as Clipping
    from oralcam.quality.exposure import Exposure as Exposure
    from oralcam.quality.figures import Figures as Figures
    from oralcam.quality.judging import quality_of as quality_of
    from oralcam.quality.motion import Motion as Motion
    from oralcam.quality.profile import Limits as Limits
    from oralcam.quality.profile import Profile as Profile
    from oralcam.quality.profile import profile_names as profile_names
    from oralcam.quality.report import Finding as Finding
    from oralcam.quality.report import QualityReport as QualityReport
    from oralcam.quality.uniformity import Uniformity as Uniformity
    from oralcam.quality.white_balance import WhiteBalance as WhiteBalance

# Modules load when a name is first used: most of them need numpy and Pillow.
_HOME = {
    "Clipping": "clipping",
    "Exposure": "exposure",
    "Figures": "figures",
    "Finding": "report",
    "Limits": "profile",
    "Motion": "motion",
    "Profile": "profile",
    "QualityReport": "report",
    "Uniformity": "uniformity",
    "WhiteBalance": "white_balance",
    "profile_names": "profile",
    "quality_of": "judging",
    "sharpest": "choosing",
}

__all__ = [
    "Clipping",
    "Exposure",
    "Figures",
    "Finding",
    "Limits",
    "Motion",
    "Profile",
    "QualityReport",
    "Uniformity",
    "WhiteBalance",
    "profile_names",
    "quality_of",
    "sharpest",
]


if not TYPE_CHECKING:  # to a type checker, every name would be there

    def __getattr__(name: str) -> object:
        home = _HOME.get(name)
        if home is None:
            raise AttributeError(f"module 'oralcam.quality' has no attribute {name!r}")
        try:
            value = getattr(import_module(f"oralcam.quality.{home}"), name)
        except ImportError as error:
            raise MissingExtra(
                'The quality of a photo needs numpy and Pillow: pip install "oralcam[image]".'
            ) from error
        globals()[name] = value
        return value
