"""What the host asks of the rig and what it answers. One source: the host's driver imports this very file.

Frames, HELLO, HEARTBEAT, GOODBYE and ErrorReply are the camera's (oralcam_protocol.wire). Times are
microseconds of the rig's own clock since it started.
"""

from oralcam_protocol.wire import message as wire
from oralcam_protocol.wire.message import Message

BOARD_PREFIX = "rig-"  # how a rig's board is told from a camera's in HELLO
ZONES = 3  # in the order of wire.enums.Zone
LONGEST_HOLD_MS = 10000  # of a press
LONGEST_WATCH_MS = 10000  # for the light of a press


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

    def __init__(
        self,
        on: int,
    ) -> None:
        self.on = on

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "B")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[Switch, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (on,) = wire.get_integers(view, at, "B")
        at += 1
        return Switch(on), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Switch":
        """Decode a payload."""
        return Switch.read(memoryview(view), 0)[0]


class Switched(Message):
    """RSP to BUTTON and POWER: when the pin changed."""

    FIELDS = ("at_us",)

    def __init__(
        self,
        at_us: int,
    ) -> None:
        self.at_us = at_us

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "Q")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[Switched, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (at_us,) = wire.get_integers(view, at, "Q")
        at += 8
        return Switched(at_us), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Switched":
        """Decode a payload."""
        return Switched.read(memoryview(view), 0)[0]


class Press(Message):
    """REQ PRESS: how long to hold the button down, at most LONGEST_HOLD_MS."""

    FIELDS = ("hold_ms",)

    def __init__(
        self,
        hold_ms: int,
    ) -> None:
        self.hold_ms = hold_ms

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "H")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[Press, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (hold_ms,) = wire.get_integers(view, at, "H")
        at += 2
        return Press(hold_ms), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Press":
        """Decode a payload."""
        return Press.read(memoryview(view), 0)[0]


class Pressed(Message):
    """RSP to PRESS: both edges."""

    FIELDS = ("down_us", "up_us")

    def __init__(
        self,
        down_us: int,
        up_us: int,
    ) -> None:
        self.down_us = down_us
        self.up_us = up_us

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "QQ")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[Pressed, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (down_us, up_us) = wire.get_integers(view, at, "QQ")
        at += 16
        return Pressed(down_us, up_us), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Pressed":
        """Decode a payload."""
        return Pressed.read(memoryview(view), 0)[0]


class Light(Message):
    """RSP to LIGHT: each zone's sensor, millivolts."""

    FIELDS = ("at_us", "millivolts")

    def __init__(
        self,
        at_us: int,
        millivolts: "list[int]",
    ) -> None:
        self.at_us = at_us
        self.millivolts = millivolts

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "Q")
        wire.put_integer_list(out, self.millivolts, "B", "H", "Light.millivolts")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[Light, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (at_us,) = wire.get_integers(view, at, "Q")
        at += 8
        millivolts, at = wire.get_integer_list(view, at, "B", "H")
        return Light(at_us, millivolts), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Light":
        """Decode a payload."""
        return Light.read(memoryview(view), 0)[0]


class Temperature(Message):
    """RSP to TEMPERATURE: thousandths of a degree Celsius; `known` is 0 if the sensor does not answer."""

    FIELDS = ("known", "millidegrees")

    def __init__(
        self,
        known: int,
        millidegrees: int,
    ) -> None:
        self.known = known
        self.millidegrees = millidegrees

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "Bi")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[Temperature, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (known, millidegrees) = wire.get_integers(view, at, "Bi")
        at += 5
        return Temperature(known, millidegrees), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Temperature":
        """Decode a payload."""
        return Temperature.read(memoryview(view), 0)[0]


class Heater(Message):
    """REQ HEATER, RSP empty: keep the tip at this temperature; `on` 0 lets it cool."""

    FIELDS = ("on", "millidegrees")

    def __init__(
        self,
        on: int,
        millidegrees: int,
    ) -> None:
        self.on = on
        self.millidegrees = millidegrees

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "Bi")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[Heater, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (on, millidegrees) = wire.get_integers(view, at, "Bi")
        at += 5
        return Heater(on, millidegrees), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Heater":
        """Decode a payload."""
        return Heater.read(memoryview(view), 0)[0]


class TimePress(Message):
    """REQ TIME_PRESS: press, and watch the light. Above `threshold_mv` on any zone it is light."""

    FIELDS = ("hold_ms", "threshold_mv", "watch_ms")

    def __init__(
        self,
        hold_ms: int,
        threshold_mv: int,
        watch_ms: int,
    ) -> None:
        self.hold_ms = hold_ms
        self.threshold_mv = threshold_mv
        self.watch_ms = watch_ms

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "HHH")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[TimePress, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (hold_ms, threshold_mv, watch_ms) = wire.get_integers(view, at, "HHH")
        at += 6
        return TimePress(hold_ms, threshold_mv, watch_ms), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "TimePress":
        """Decode a payload."""
        return TimePress.read(memoryview(view), 0)[0]


class Strobe(Message):
    """RSP to TIME_PRESS: the button's edge, the first light, the dark after it; 0 where none came in time."""

    FIELDS = ("down_us", "lit_us", "dark_us")

    def __init__(
        self,
        down_us: int,
        lit_us: int,
        dark_us: int,
    ) -> None:
        self.down_us = down_us
        self.lit_us = lit_us
        self.dark_us = dark_us

    def write(self, out: "list[bytes]") -> None:
        """Append the encoded fields."""
        wire.put_integers(out, self, 0, "QQQ")

    @staticmethod
    def read(view: memoryview, at: int) -> "tuple[Strobe, int]":
        """Read one at offset `at`; returns it and the offset behind it."""
        (down_us, lit_us, dark_us) = wire.get_integers(view, at, "QQQ")
        at += 24
        return Strobe(down_us, lit_us, dark_us), at

    @staticmethod
    def unpack(view: "memoryview | bytes") -> "Strobe":
        """Decode a payload."""
        return Strobe.read(memoryview(view), 0)[0]
