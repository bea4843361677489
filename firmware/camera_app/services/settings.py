"""What a capture is taken with: typed, range-checked, counted. Not yet kept over power loss."""

from camera_app.services.failure import Failure
from oralcam_protocol.wire.codec import Settings, SettingsReply, SettingsRequest
from oralcam_protocol.wire.enums import ErrorCode

RANGES = {
    "exposure_us": (100, 100000),
    "gain_milli": (1000, 16000),
    "jpeg_quality": (50, 95),
    "button_lock": (0, 1),
}


class SettingsService:
    """The settings in effect."""

    def __init__(self) -> None:
        self.revision = 1
        self.current = Settings(exposure_us=10000, gain_milli=1000, jpeg_quality=85, button_lock=0)

    def reply(self) -> SettingsReply:
        """What is in effect."""
        return SettingsReply(self.revision, self.current)

    async def get(self, payload: bytes) -> SettingsReply:
        """REQ SETTINGS_GET."""
        return self.reply()

    async def apply(self, payload: bytes) -> SettingsReply:
        """REQ SETTINGS_APPLY: all of the chosen fields, or none if one of them is out of range."""
        request = SettingsRequest.unpack(payload)
        chosen = [name for position, name in enumerate(Settings.FIELDS) if request.fields & (1 << position)]
        for name in chosen:
            low, high = RANGES[name]
            if not low <= getattr(request.settings, name) <= high:
                raise Failure(ErrorCode.OUT_OF_RANGE, "{} must be in {}..{}".format(name, low, high))
        for name in chosen:
            setattr(self.current, name, getattr(request.settings, name))
        if chosen:
            self.revision += 1
        return self.reply()
