"""What a capture is taken with: typed, range-checked, counted. Not yet kept over power loss."""

from camera_app.services.failure import Failure
from oralcam_protocol.wire.codec import Settings, SettingsReply, SettingsRequest
from oralcam_protocol.wire.enums import ErrorCode


class SettingsService:
    """The settings in effect."""

    def __init__(self) -> None:
        self.revision = 1
        self.current = Settings(*Settings.DEFAULTS)

    def reply(self) -> SettingsReply:
        """What is in effect."""
        return SettingsReply(self.revision, self.current)

    async def get(self, payload: bytes) -> SettingsReply:
        """REQ SETTINGS_GET."""
        return self.reply()

    async def apply(self, payload: bytes) -> SettingsReply:
        """REQ SETTINGS_APPLY: all of the chosen fields, or none if one of them is out of range."""
        request = SettingsRequest.unpack(payload)
        chosen = []
        for position, name in enumerate(Settings.FIELDS):
            if request.fields & (1 << position):
                low, high = Settings.RANGES[position]
                if not low <= getattr(request.settings, name) <= high:
                    raise Failure(ErrorCode.OUT_OF_RANGE, "{} must be in {}..{}".format(name, low, high))
                chosen.append(name)
        for name in chosen:
            setattr(self.current, name, getattr(request.settings, name))
        if chosen:
            self.revision += 1
        return self.reply()
