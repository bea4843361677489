"""Numbers that travel on the wire and what they mean. Numbers are never reused, names may be."""

from __future__ import annotations

from enum import IntEnum, IntFlag

PROTOCOL_MAJOR = 1  # a change that an older side cannot survive
PROTOCOL_MINOR = 1  # fields or opcodes were appended


class Kind(IntEnum):
    """Low nibble of the frame's `kind` byte."""

    HELLO = 1
    REQ = 2
    RSP = 3
    ERR = 4
    PENDING = 5
    EVENT = 6
    DATA = 7
    CREDIT = 8
    RESUME = 9
    LOG = 10
    END = 11


class FrameFlag(IntFlag):
    """Bits of the frame's `flags` byte."""

    PADDED = 1  # the payload's last byte only keeps the frame off a multiple of 64


class Opcode(IntEnum):
    """What a REQ asks for (`arg` of the frame)."""

    HEARTBEAT = 1
    GOODBYE = 2
    HEALTH = 3
    EVENTS = 4
    CAPTURE = 5
    PHOTOS = 6
    FETCH = 7
    CANCEL = 8
    ACKNOWLEDGE = 9
    LIGHT_GET = 10
    LIGHT_SET = 11
    SETTINGS_GET = 12
    SETTINGS_APPLY = 13
    LOSSES = 14
    LOSS_KNOWN = 15


class EventType(IntEnum):
    """What an EVENT reports."""

    PRESS = 1
    RELEASE = 2
    DOUBLE_PRESS = 3
    LONG_PRESS = 4
    PHOTO = 5  # accepted: bytes and capture_id are in the camera's photo store
    REFUSED = 6  # a press that became no photo; `code` says why
    CAPTURE_LOST = 7  # a photo that a reset or a store took away
    LIGHT = 8  # the ring was locked or unlocked for safety; `code` is the lock


class Trigger(IntEnum):
    """What asked for a photo."""

    HOST = 1
    BUTTON = 2


class Zone(IntEnum):
    """Position of a zone in lists of light levels. Left and right are the patient's."""

    ANTERIOR = 0
    POSTERIOR_LEFT = 1
    POSTERIOR_RIGHT = 2


class LightLock(IntEnum):
    """Why the ring may not be lit."""

    NONE = 0
    TOO_WARM = 1
    NO_TEMPERATURE = 2
    HEATING = 3  # it warms so fast that it will be too warm in a moment
    FROZEN = 4  # the thermometer tells the same whatever the light does
    DISAGREE = 5  # two thermometers do
    CHIP_TOO_WARM = 6
    DUTY = 7  # too much light in the last minutes
    RING_FAULT = 8  # the ring does not obey, or its driver reports a short circuit or heat
    DOCKED = 9
    SUSPENDED = 10  # the USB bus is
    CLOCK_STOPPED = 11


class LightAlarm(IntEnum):
    """What happened to the light without locking it; apart from the numbers of LightLock."""

    HOST_SILENT = 32  # steady light was put out: nothing was heard of the host
    IDLE = 33  # steady light was put out: nothing was taken
    EXPOSURE_TOO_LONG = 34  # it was put out in the middle of an exposure
    DERATED = 35  # the tip is warm: the ring gets less
    LED_BROKEN = 36  # its zone is darker than it was asked to be
    RESTARTED = 37  # the camera reset itself: a service kept failing


class ResetCause(IntEnum):
    """Why the camera last started."""

    UNKNOWN = 0
    POWER_ON = 1
    HARD = 2
    WATCHDOG = 3
    SOFT = 4


class Capability(IntFlag):
    """What this camera can do."""

    PHOTOS_SURVIVE_RESET = 1
    EXPOSURE_IN_MICROSECONDS = 2
    BUZZER = 4
    AUTOFOCUS = 8


class ErrorCode(IntEnum):
    """Why a request failed."""

    UNSUPPORTED = 1
    MALFORMED = 2
    OUT_OF_RANGE = 3
    BUSY = 4
    QUEUE_FULL = 5
    NO_SUCH_PHOTO = 6
    DIGEST_MISMATCH = 7
    LIGHT_LOCKED = 8
    SENSOR_FAILED = 9
    INTERNAL = 10
    BUTTON_LOCKED = 11
