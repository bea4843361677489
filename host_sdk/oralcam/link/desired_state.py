"""The state that this program has set on the camera, to be set again when it comes back from a reset."""

from __future__ import annotations

from oralcam_protocol.wire.enums import Opcode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.link.connection import Connection


class DesiredState:
    """The last light and every setting that was chosen; the rest is the camera's affair."""

    def __init__(self) -> None:
        self._light = b""
        self._settings: dict[str, int] = {}

    def note(self, opcode: int, payload: bytes) -> None:
        """Note a request that the camera has carried out."""
        if opcode == Opcode.LIGHT_SET:
            self._light = payload
        elif opcode == Opcode.SETTINGS_APPLY:
            from oralcam_protocol.wire.codec import Settings, SettingsRequest

            request = SettingsRequest.unpack(payload)
            for position, name in enumerate(Settings.FIELDS):
                if request.fields & 1 << position:
                    self._settings[name] = getattr(request.settings, name)

    def restore(self, connection: Connection, *, was_reset: bool) -> None:
        """Set it again.

        Light goes out while no host is there; settings are lost by a reset only. Raises what
        `Connection.request` does.
        """
        if was_reset and self._settings:
            connection.request(Opcode.SETTINGS_APPLY, self._settings_request())
        if self._light:
            connection.request(Opcode.LIGHT_SET, self._light)

    def _settings_request(self) -> bytes:
        from oralcam_protocol.wire.codec import Settings, SettingsRequest

        fields = sum(1 << Settings.FIELDS.index(name) for name in self._settings)
        values = {**dict.fromkeys(Settings.FIELDS, 0), **self._settings}
        return SettingsRequest(fields, Settings(**values)).pack()
