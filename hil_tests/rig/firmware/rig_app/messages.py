"""What the host asks of the rig and what it answers. One source: the host's driver imports this very file.

Frames, HELLO, HEARTBEAT, GOODBYE and ErrorReply are the camera's (oralcam_protocol.wire). Times are
microseconds of the rig's own clock since it started.
"""

from oralcam_protocol.wire.message import (
    Message,
    get_integer_list,
    get_integers,
    put_integer_list,
    put_integers,
)

BOARD_PREFIX = "rig-"  # how a rig's board is told from a camera's in HELLO
ZONES = 3  # in the order of wire.enums.Zone
LONGEST_HOLD_MS = 10000
LONGEST_WATCH_MS = 10000


class RigOpcode:
    """What a REQ asks for; the camera's opcodes are all below 64."""

    BUTTON = 64
    PRESS = 65
    POWER = 66
    LIGHT = 67
    TEMPERATURE = 68
    HEATER = 69
    TIME_PRESS = 70


class Switch(Message):
    """REQ BUTTON and POWER: 1 closes the contact or switches VBUS on, 0 opens it."""

    FIELDS = ("on",)

    def __init__(self, on: int) -> None:
        self.on = on

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "B")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Switch":
        """Decode a payload."""
        return Switch(*get_integers(memoryview(view), 0, "B"))


class Switched(Message):
    """RSP to BUTTON and POWER: when the pin changed."""

    FIELDS = ("at_us",)

    def __init__(self, at_us: int) -> None:
        self.at_us = at_us

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "Q")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Switched":
        """Decode a payload."""
        return Switched(*get_integers(memoryview(view), 0, "Q"))


class Press(Message):
    """REQ PRESS: how long to hold the button down, at most LONGEST_HOLD_MS."""

    FIELDS = ("hold_ms",)

    def __init__(self, hold_ms: int) -> None:
        self.hold_ms = hold_ms

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "H")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Press":
        """Decode a payload."""
        return Press(*get_integers(memoryview(view), 0, "H"))


class Pressed(Message):
    """RSP to PRESS: both edges."""

    FIELDS = ("down_us", "up_us")

    def __init__(self, down_us: int, up_us: int) -> None:
        self.down_us = down_us
        self.up_us = up_us

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "QQ")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Pressed":
        """Decode a payload."""
        return Pressed(*get_integers(memoryview(view), 0, "QQ"))


class Light(Message):
    """RSP to LIGHT: each zone's sensor, millivolts."""

    FIELDS = ("at_us", "millivolts")

    def __init__(self, at_us: int, millivolts: "list[int]") -> None:
        self.at_us = at_us
        self.millivolts = millivolts

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "Q")
        put_integer_list(out, self.millivolts, "B", "H", "Light.millivolts")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Light":
        """Decode a payload."""
        view = memoryview(view)
        (at_us,) = get_integers(view, 0, "Q")
        millivolts, _ = get_integer_list(view, 8, "B", "H")
        return Light(at_us, millivolts)


class Temperature(Message):
    """RSP to TEMPERATURE: thousandths of a degree Celsius; `known` is 0 if the sensor does not answer."""

    FIELDS = ("known", "millidegrees")

    def __init__(self, known: int, millidegrees: int) -> None:
        self.known = known
        self.millidegrees = millidegrees

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "Bi")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Temperature":
        """Decode a payload."""
        return Temperature(*get_integers(memoryview(view), 0, "Bi"))


class Heater(Message):
    """REQ HEATER, RSP empty: keep the tip at this temperature; `on` 0 lets it cool."""

    FIELDS = ("on", "millidegrees")

    def __init__(self, on: int, millidegrees: int) -> None:
        self.on = on
        self.millidegrees = millidegrees

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "Bi")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Heater":
        """Decode a payload."""
        return Heater(*get_integers(memoryview(view), 0, "Bi"))


class TimePress(Message):
    """REQ TIME_PRESS: press, and watch the light. Above `threshold_mv` on any zone it is light."""

    FIELDS = ("hold_ms", "threshold_mv", "watch_ms")

    def __init__(self, hold_ms: int, threshold_mv: int, watch_ms: int) -> None:
        self.hold_ms = hold_ms
        self.threshold_mv = threshold_mv
        self.watch_ms = watch_ms

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "HHH")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "TimePress":
        """Decode a payload."""
        return TimePress(*get_integers(memoryview(view), 0, "HHH"))


class Strobe(Message):
    """RSP to TIME_PRESS: the button's edge, the first light, the dark after it; 0 where none came in time."""

    FIELDS = ("down_us", "lit_us", "dark_us")

    def __init__(self, down_us: int, lit_us: int, dark_us: int) -> None:
        self.down_us = down_us
        self.lit_us = lit_us
        self.dark_us = dark_us

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        put_integers(out, self, 0, "QQQ")

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Strobe":
        """Decode a payload."""
        return Strobe(*get_integers(memoryview(view), 0, "QQQ"))
