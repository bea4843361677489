"""What a capture is called, on disk and off: `capture_id(serial_number, number)`, and whose a capture id is.

    >>> capture_id("OC-0042", 7)
    'OC-0042-000007'
    >>> capture_id("OC 0042", 7)
    'OC_0042+c471e7f967e23c2e6aa8-000007'

No two cameras share an id, on file systems that take `a` and `A` for one letter included. A serial number of
at most 40 of `A-Z 0-9 _ -` stands in its ids as it is; any other has characters replaced, may be cut, and is
told apart by a digest behind a `+`, which no serial number that stands as it is can have. An id ends in a
number, so it is none of the names that Windows keeps for itself, and none that ends in a dot or a space.

Versions up to 0.1.0 had no digest: "OC 1" and "OC_1" shared their ids. `former_id` is what such a version
called a capture; what lies on disk under that name may be another camera's.
"""

from __future__ import annotations

import re

_AS_IT_IS = re.compile(r"[A-Z0-9_-]{1,40}")
_UNFIT = re.compile(r"[^A-Za-z0-9_-]")
_NUMBERS = re.compile(r"-([0-9]{6,10})(-[0-9]{1,5})?")  # of the capture; of a second photo of that number
_SHOWN = 16  # characters of a serial number beside its digest
_DIGEST = 20  # hexadecimal digits, 80 bits
LONGEST = 51  # characters: 40, a dash, a number of 32 bits


def camera_name(serial_number: str) -> str:
    """Return what stands for a camera in names of files: different for different serial numbers."""
    if _AS_IT_IS.fullmatch(serial_number):
        return serial_number
    import hashlib  # here: few cameras need it, and it loads OpenSSL

    digest = hashlib.sha256(serial_number.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{_UNFIT.sub('_', serial_number)[:_SHOWN]}+{digest[:_DIGEST]}"


def capture_id(serial_number: str, number: int) -> str:
    """Return the id of a camera's capture: unique over cameras, and fit to be a file's name."""
    return f"{camera_name(serial_number)}-{number:06d}"


def is_of(capture_id: str, serial_number: str) -> bool:
    """Return whether the id is of a capture of this camera, by its name of now.

    A second photo of one number counts: `-2`, `-3` … stand behind its id in the spool.
    """
    return _follows(camera_name(serial_number), capture_id)


def was_of(capture_id: str, serial_number: str) -> bool:
    """Return whether versions up to 0.1.0 would have taken the id for one of this camera's."""
    return _follows(_former_name(serial_number), capture_id)


def former_id(capture_id: str, serial_number: str) -> str | None:
    """Return what versions up to 0.1.0 called this capture of the camera; None if they called it the same."""
    name, former = camera_name(serial_number), _former_name(serial_number)
    return former + capture_id[len(name) :] if name != former and _follows(name, capture_id) else None


def _former_name(serial_number: str) -> str:
    return _UNFIT.sub("_", serial_number)[:40]


def _follows(name: str, capture_id: str) -> bool:
    return capture_id.startswith(name) and _NUMBERS.fullmatch(capture_id, len(name)) is not None
