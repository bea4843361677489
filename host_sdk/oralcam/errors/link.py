"""Errors of ports and of the connection to a camera."""

from __future__ import annotations

from oralcam.errors.base import OralcamError


class PortNotFound(OralcamError):
    """The named port does not exist or may not be opened."""

    code = "port-not-found"
    exit_code = 4


class PortInUse(OralcamError):
    """Another program holds the port."""

    code = "port-in-use"
    exit_code = 5


class LinkError(OralcamError):
    """The connection to the camera does not work as it should."""

    code = "link"
    exit_code = 11


class RequestTimeout(LinkError):
    """The camera did not answer in time."""

    code = "request-timeout"


class TransferFailed(LinkError):
    """A photo did not arrive whole; the camera still has it."""

    code = "transfer-failed"


class WrongDigest(TransferFailed):
    """A photo arrived with another SHA-256 than the camera names; it was thrown away."""

    code = "wrong-digest"


class MalformedAnswer(LinkError):
    """The camera's answer is not what its protocol says."""

    code = "malformed-answer"


class ImplausiblePhoto(LinkError):
    """The camera announces a photo that cannot be: it is not fetched."""

    code = "implausible-photo"


class DeviceDisconnected(LinkError):
    """The camera was unplugged, lost power or was reset.

    It is looked for: `Camera.wait_connected` waits until it is back.
    """

    code = "device-disconnected"
    exit_code = 12
