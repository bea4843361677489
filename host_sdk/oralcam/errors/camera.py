"""Errors of cameras: of finding and opening one, of the connection to it, of what it refuses."""

from __future__ import annotations

from oralcam.errors.base import OralcamError


class CameraNotFound(OralcamError):
    """No camera is connected, or none with the wanted serial number."""

    code = "camera-not-found"
    exit_code = 3


class NotACamera(OralcamError):
    """The device on the port is not an oralcam, or nothing answers there."""

    code = "not-a-camera"
    exit_code = 6


class IncompatibleFirmware(OralcamError):
    """The camera speaks another major version of the protocol."""

    code = "incompatible-firmware"
    exit_code = 7


class CameraClosed(OralcamError):
    """The camera was closed by this program."""

    code = "camera-closed"


class DeviceFault(OralcamError):
    """The camera refused or failed; `log` holds its last log lines."""

    code = "device-fault"
    exit_code = 10

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


class QueueFull(DeviceFault):
    """The camera's photo store is full: fetch what waits there first."""

    code = "queue-full"


class LightLocked(DeviceFault):
    """The camera keeps its light off for safety (too warm, or its temperature is unknown)."""

    code = "light-locked"


class PhotoNotThere(DeviceFault):
    """The camera does not hold a photo of that number."""

    code = "photo-not-there"


class DigestRefused(DeviceFault):
    """The camera's photo of that number has another SHA-256 than the one that it was told."""

    code = "digest-refused"


class Unsupported(DeviceFault):
    """This firmware does not know the request."""

    code = "unsupported"


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
