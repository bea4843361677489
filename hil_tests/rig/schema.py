"""What the host asks of the rig and what it answers: the one source of rig_app/messages.py.

Frames, HELLO, HEARTBEAT, GOODBYE and ErrorReply are the camera's (oralcam_protocol.schema). Times are
microseconds of the rig's own clock since it started. Change it and run `python -m tools.generate`.
"""

from __future__ import annotations

from enum import IntEnum

from construct import Int8ul, Int16ul, Int32sl, Int64ul, PrefixedArray, Struct

from oralcam_protocol.schema.vocabulary import Constant, Message

CONSTANTS = (
    Constant("BOARD_PREFIX", "rig-", "how a rig's board is told from a camera's in HELLO"),
    Constant("ZONES", 3, "in the order of wire.enums.Zone"),
    Constant("LONGEST_HOLD_MS", 10_000, "of a press"),
    Constant("LONGEST_WATCH_MS", 10_000, "for the light of a press"),
)


class RigOpcode(IntEnum):
    """What a REQ asks for; the camera's opcodes are all below 64."""

    BUTTON = 64
    PRESS = 65
    POWER = 66
    LIGHT = 67
    TEMPERATURE = 68
    HEATER = 69
    TIME_PRESS = 70


Switch: Struct = Struct("on" / Int8ul * "1 closes the contact or switches VBUS on, 0 opens it")

Switched: Struct = Struct("at_us" / Int64ul * "when the pin changed")

Press: Struct = Struct("hold_ms" / Int16ul * "1..LONGEST_HOLD_MS: how long to hold the button down")

Pressed: Struct = Struct(
    "down_us" / Int64ul * "when the contact closed",
    "up_us" / Int64ul * "when it opened",
)

Light: Struct = Struct(
    "at_us" / Int64ul * "when it was measured",
    "millivolts" / PrefixedArray(Int8ul, Int16ul) * "of each zone's sensor",
)

Temperature: Struct = Struct(
    "known" / Int8ul * "0: the sensor does not answer",
    "millidegrees" / Int32sl * "thousandths of a degree Celsius",
)

Heater: Struct = Struct(
    "on" / Int8ul * "0 lets the tip cool",
    "millidegrees" / Int32sl * "thousandths of a degree Celsius to keep it at",
)

TimePress: Struct = Struct(
    "hold_ms" / Int16ul * "1..LONGEST_HOLD_MS: how long to hold the button down",
    "threshold_mv" / Int16ul * "above this on any zone it is light",
    "watch_ms" / Int16ul * "1..LONGEST_WATCH_MS: how long to look for light, and for the dark after it",
)

Strobe: Struct = Struct(
    "down_us" / Int64ul * "when the contact closed",
    "lit_us" / Int64ul * "when there was light first; 0 if none came in time",
    "dark_us" / Int64ul * "when it was dark after that; 0 if it stayed lit",
)

MESSAGES = (
    Message("Switch", Switch, "REQ BUTTON and POWER."),
    Message("Switched", Switched, "RSP to BUTTON and POWER."),
    Message("Press", Press, "REQ PRESS."),
    Message("Pressed", Pressed, "RSP to PRESS: both edges."),
    Message("Light", Light, "RSP to LIGHT."),
    Message("Temperature", Temperature, "RSP to TEMPERATURE."),
    Message("Heater", Heater, "REQ HEATER, RSP empty."),
    Message("TimePress", TimePress, "REQ TIME_PRESS: press, and watch the light."),
    Message("Strobe", Strobe, "RSP to TIME_PRESS."),
)
