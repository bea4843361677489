"""The host's driver of a rig controller: typed requests over the SDK's own link."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hil_tests.errors import BenchError
from oralcam.errors import LinkError, NotACamera
from oralcam.link.deadlines import Deadlines
from oralcam.link.faults import decode_reply
from oralcam.link.host import Host
from oralcam.link.reconnecting import ReconnectingLink
from oralcam_protocol.wire.message import Message
from rig_app import messages
from rig_app.messages import BOARD_PREFIX, RigOpcode

Answer = TypeVar("Answer", bound=Message)

US = 1e-6


class RigController:
    """One rig, over any number of unplugs of its own.

    The link sends heartbeats and repeats what gets lost. Raises `BenchError` if no rig controller answers on
    the port.
    """

    def __init__(self, port: str, deadlines: Deadlines | None = None) -> None:
        self._port = port
        try:
            self._link = ReconnectingLink(
                port, Host(), deadlines or Deadlines(), on_event=_ignored, restore=_nothing_to_restore
            )
        except NotACamera as error:
            raise BenchError(
                f"no rig controller answers on {port}: look at its cable, and that its firmware runs."
            ) from error
        hello = self._link.connection.hello
        if not hello.board.startswith(BOARD_PREFIX):
            self.close()
            raise BenchError(f"on {port} is camera {hello.serial_number}, not a rig: the ports are swapped.")
        self.serial_number = hello.serial_number
        self.board = hello.board

    def close(self) -> None:
        """Let go of the rig: the button is up and the heater off within seconds; power stays as it is."""
        self._link.close()

    def _ask(
        self, opcode: int, payload: bytes, unpack: Callable[[bytes], Answer], seconds: float = 0
    ) -> Answer:
        try:
            answer = self._link.request(opcode, payload, self._link.deadlines.request + seconds)
        except LinkError as error:
            raise BenchError(f"the rig controller on {self._port} stopped answering ({error}).") from error
        return decode_reply(unpack, answer)

    def button(self, down: bool) -> float:
        """Close or open the button's contact; return when, in seconds of the rig's clock."""
        request = messages.Switch(int(down))
        return self._ask(RigOpcode.BUTTON, request.pack(), messages.Switched.unpack).at_us * US

    def press(self, hold_ms: int) -> tuple[float, float]:
        """Press and let go; return both edges, in seconds of the rig's clock."""
        request = messages.Press(hold_ms)
        pressed = self._ask(RigOpcode.PRESS, request.pack(), messages.Pressed.unpack, hold_ms / 1000)
        return pressed.down_us * US, pressed.up_us * US

    def power(self, on: bool) -> float:
        """Switch the camera's VBUS; return when, in seconds of the rig's clock."""
        request = messages.Switch(int(on))
        return self._ask(RigOpcode.POWER, request.pack(), messages.Switched.unpack).at_us * US

    def light_mv(self) -> list[int]:
        """Return the millivolts of each zone's sensor, in the order of `oralcam.lighting.ZONES`."""
        light = self._ask(RigOpcode.LIGHT, b"", messages.Light.unpack)
        if len(light.millivolts) != messages.ZONES:
            raise BenchError(f"the rig controller tells {len(light.millivolts)} zones: update its firmware.")
        return light.millivolts

    def temperature_c(self) -> float:
        """Return the degrees Celsius at the tip."""
        reading = self._ask(RigOpcode.TEMPERATURE, b"", messages.Temperature.unpack)
        if not reading.known:
            raise BenchError("the rig's thermometer does not answer: look at its wiring.")
        return reading.millidegrees / 1000

    def heater(self, celsius: float | None) -> None:
        """Keep the tip at a temperature; None lets it cool."""
        millidegrees = 0 if celsius is None else round(celsius * 1000)
        request = messages.Heater(int(celsius is not None), millidegrees)
        self._ask(RigOpcode.HEATER, request.pack(), _Nothing.unpack)

    def time_press(self, hold_ms: int, threshold_mv: int, watch_ms: int) -> tuple[float, float, float]:
        """Press and watch; return the edge, the first light and the dark after it.

        They are seconds of the rig's clock. Raises `BenchError` if there is no light within `watch_ms`, or if
        it stays.
        """
        request = messages.TimePress(hold_ms, threshold_mv, watch_ms)
        strobe = self._ask(RigOpcode.TIME_PRESS, request.pack(), messages.Strobe.unpack, watch_ms / 1000)
        if not strobe.lit_us:
            raise BenchError(f"no light came within {watch_ms} ms of a press.")
        if not strobe.dark_us:
            raise BenchError(f"the light of a press was still on {watch_ms} ms after it.")
        if strobe.lit_us < strobe.down_us:
            raise BenchError("there was light before the press: keep other light from the sensors.")
        return strobe.down_us * US, strobe.lit_us * US, strobe.dark_us * US


class _Nothing(Message):
    """An empty answer."""

    @staticmethod
    def unpack(view: memoryview | bytes) -> _Nothing:
        del view
        return _Nothing()


def _ignored(connection: object, event: object) -> None:
    """Ignore events: a rig tells none."""


def _nothing_to_restore(connection: object, before: object) -> None:
    """Restore nothing: after an unplug the rig is as at its start: button up, power on, heater off."""
