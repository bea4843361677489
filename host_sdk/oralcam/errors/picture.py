"""Errors of pictures: of JPEG files, and of the profiles by which they are judged."""

from __future__ import annotations

from oralcam.errors.base import InvalidSetting
from oralcam.errors.record import RecordError


class JpegError(RecordError):
    """A file is not a JPEG that the record can use; its bytes are left as they are."""

    code = "jpeg"
    exit_code = 17


class DamagedJpeg(JpegError):
    """Parts of the JPEG are missing, or the file is no JPEG at all."""

    code = "damaged-jpeg"


class UnsupportedJpeg(JpegError):
    """The JPEG is whole, but of a kind that archives and charts do not take."""

    code = "unsupported-jpeg"


class InvalidMetadata(RecordError):
    """A name or a text is not fit to be written into a photo. The message does not repeat it."""

    code = "invalid-metadata"


class InvalidProfile(InvalidSetting):
    """A quality profile does not exist, cannot be read, or is not as its schema says."""

    code = "invalid-profile"
