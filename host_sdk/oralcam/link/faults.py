"""From the camera's ERR frame to the exception a program sees."""

from __future__ import annotations

from oralcam.errors import (
    DeviceFault,
    DigestRefused,
    LightLocked,
    MalformedAnswer,
    PhotoNotThere,
    QueueFull,
    Unsupported,
)
from oralcam_protocol.wire.codec import ErrorReply
from oralcam_protocol.wire.enums import ErrorCode
from oralcam_protocol.wire.errors import DecodeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Answer = TypeVar("Answer")

CLASSES: dict[int, type[DeviceFault]] = {
    ErrorCode.UNSUPPORTED: Unsupported,
    ErrorCode.QUEUE_FULL: QueueFull,
    ErrorCode.NO_SUCH_PHOTO: PhotoNotThere,
    ErrorCode.DIGEST_MISMATCH: DigestRefused,
    ErrorCode.LIGHT_LOCKED: LightLocked,
}
ADVICE: dict[int, str] = {
    ErrorCode.UNSUPPORTED: "update the camera's firmware",
    ErrorCode.BUSY: "try again when its captures are done",
    ErrorCode.QUEUE_FULL: "fetch the photos that wait on it, for example with camera.presses()",
    ErrorCode.LIGHT_LOCKED: "let the tip cool down, or have its temperature sensor checked",
    ErrorCode.SENSOR_FAILED: "unplug the camera and plug it in again; if it stays so, have it checked",
}


def device_fault(payload: bytes) -> DeviceFault:
    """Return the exception for an ERR payload."""
    try:
        reply = ErrorReply.unpack(payload)
    except DecodeError:
        return DeviceFault(
            "The camera refused the request and its reason cannot be read; update its firmware."
        )
    advice = ADVICE.get(reply.code, "its log may tell more")
    return CLASSES.get(reply.code, DeviceFault)(f"The camera says: {reply.detail}; {advice}.", reply.log)


def decode_reply(unpack: Callable[[bytes], Answer], payload: bytes) -> Answer:
    """Return the camera's answer, by `unpack` of its message. Raises `MalformedAnswer`."""
    try:
        return unpack(payload)
    except DecodeError as error:
        name = unpack.__qualname__.partition(".")[0]
        raise MalformedAnswer(
            f"The camera's {name} cannot be read ({error}): update its firmware or this program."
        ) from error
