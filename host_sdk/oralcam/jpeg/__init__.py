"""Photos as files: inspected, tagged and stripped without touching a pixel. Bytes in, bytes out.

>>> from oralcam import jpeg
>>> jpeg.inspect(b"no photo").damage
('It does not begin as a JPEG does (FF D8).',)

Modules without `__all__` are internal.
"""

from oralcam.jpeg.facts import Component, JpegFacts, SegmentFacts, Thumbnail
from oralcam.jpeg.fields import FIELDS, NAMESPACE, Field, Kind, Privacy
from oralcam.jpeg.inspector import inspect
from oralcam.jpeg.metadata import LightZone, PhotoMetadata
from oralcam.jpeg.reading import read
from oralcam.jpeg.soundness import require_sound
from oralcam.jpeg.splice import strip, tag

__all__ = [
    "FIELDS",
    "NAMESPACE",
    "Component",
    "Field",
    "JpegFacts",
    "Kind",
    "LightZone",
    "PhotoMetadata",
    "Privacy",
    "SegmentFacts",
    "Thumbnail",
    "inspect",
    "read",
    "require_sound",
    "strip",
    "tag",
]
