"""The identity of a camera and its connection, as far as they are known without asking it."""

from __future__ import annotations

from oralcam.link.ports.transport import kind_of
from oralcam.link.reconnecting import ReconnectingLink
from oralcam_protocol.wire.enums import Capability, ResetCause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.errors import OralcamError
    from oralcam.link.ports.counters import LinkCounters
    from oralcam.link.ports.transport import Kind

RESET_CAUSES = {
    ResetCause.POWER_ON: "power_on",
    ResetCause.HARD: "hard",
    ResetCause.WATCHDOG: "watchdog",
    ResetCause.SOFT: "soft",
}


class Identity:
    """The part of `Camera` that answers without asking the camera."""

    _link: ReconnectingLink

    @property
    def serial_number(self) -> str:
        """The camera's serial number."""
        return self._link.connection.hello.serial_number

    @property
    def firmware_version(self) -> str:
        """The version of the camera's firmware, such as "0.1.0"."""
        return self._link.connection.hello.firmware_version

    @property
    def board(self) -> str:
        """The camera's board, such as "esp32s3", or "unix" for the emulator."""
        return self._link.connection.hello.board

    @property
    def protocol_version(self) -> str:
        """The protocol's version, such as "1.0"."""
        return f"{self._link.connection.hello.major}.{self._link.connection.hello.minor}"

    @property
    def capabilities(self) -> frozenset[str]:
        """The features that this camera has: "photos_survive_reset", "buzzer" …"""
        bits = self._link.connection.hello.capabilities
        return frozenset(
            name.lower() for name, bit in vars(Capability).items() if name.isupper() and bits & bit
        )

    @property
    def photos_waiting(self) -> int:
        """How many photos waited on the camera when it was opened."""
        return self._link.connection.hello.photos_waiting

    @property
    def reset_cause(self) -> str:
        """Why the camera last started: "power_on", "hard" (its reset line), "watchdog", "soft" or "unknown".

        It is the board's word: "power_on" is a brown-out too, "watchdog" a program that hung.
        """
        return RESET_CAUSES.get(self._link.connection.hello.reset_cause, "unknown")

    @property
    def connected_since(self) -> tuple[float, float]:
        """When the present session began, as seconds since 1970 and of `time.monotonic`, which nobody sets.

        A press before that was seen by nobody here.
        """
        connection = self._link.connection
        return connection.began_unix_s, connection.began_s

    @property
    def port(self) -> str:
        """The camera's port; the last one while it is unplugged."""
        return self._link.port

    @property
    def transport(self) -> Kind:
        """The kind of its connection, or of the last one: "bulk", "serial" or "tcp"."""
        return kind_of(self._link.port)

    @property
    def why_not_bulk(self) -> str:
        """A sentence that says why its bulk interface is not in use; "" if it is."""
        return self._link.preference.why_not_bulk

    @property
    def link_counters(self) -> LinkCounters:
        """Counters of what went wrong on the link, and what the camera printed outside the protocol."""
        return self._link.counters

    @property
    def down(self) -> OralcamError | None:
        """Why the camera cannot be used now (`DeviceDisconnected`, `CameraClosed`); None while it can."""
        return self._link.connection.down

    @property
    def closed(self) -> bool:
        """True once `close` was called."""
        return self._link.closed
