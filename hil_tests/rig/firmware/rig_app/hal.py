"""What the rig's application expects of its board. A new board is a folder that implements these."""

from camera_app.hal import Link, Ticks

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable


class Contact:
    """A relay, a solenoid, a load switch: something that is on or off."""

    async def set(self, on: bool) -> int:
        """Switch it; returns when it changed (`Ticks.ticks_us`)."""
        raise NotImplementedError

    def off_at_once(self) -> None:
        """Open it, whatever else happens."""
        raise NotImplementedError


class LightSensors:
    """One photodiode or phototransistor a zone."""

    def read(self) -> "list[int]":
        """Millivolts, in the order of `wire.enums.Zone`."""
        raise NotImplementedError

    async def watch(self, take: "Callable[[int, list[int]], bool]") -> None:
        """Sample until `take` returns True; it gets `Ticks.ticks_us` and millivolts. May be cancelled.

        As often as the board can, but others get their turn now and then.
        """
        raise NotImplementedError


class Thermometer:
    """On the camera's tip."""

    def read_mc(self) -> "int | None":
        """Thousandths of a degree Celsius; None if the sensor does not answer."""
        raise NotImplementedError


class RigBoard:
    """One board, complete."""

    name = ""  # begins with messages.BOARD_PREFIX
    serial_number = ""
    reset_cause = 0  # wire.enums.ResetCause

    link: Link
    ticks: Ticks
    button: Contact
    power: Contact
    heater: Contact
    light: LightSensors
    thermometer: Thermometer

    def random_u32(self) -> int:
        """An unpredictable number (boot id)."""
        raise NotImplementedError

    def started(self) -> None:
        """The application is up."""

    async def run(self) -> None:
        """Whatever the board itself has to keep doing; may return at once."""
