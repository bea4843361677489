"""Where the handpiece is: in its dock, or on a bus that is suspended, there is no light."""

from camera_app.hal import Sensors
from oralcam_protocol.wire.enums import LightLock


class Surroundings:
    """`lock` after `look`; what cannot be read counts as docked."""

    def __init__(self, sensors: Sensors) -> None:
        self._sensors = sensors
        self.lock = LightLock.NONE

    def look(self) -> None:
        """Never raises."""
        try:
            self.lock = (
                LightLock.DOCKED
                if self._sensors.docked()
                else LightLock.SUSPENDED
                if self._sensors.suspended()
                else LightLock.NONE
            )
        except Exception:
            self.lock = LightLock.DOCKED
