"""How much light in a sliding window: charge through all zones, in buckets of time."""

from camera_app.safety.limits import DUTY_HYSTERESIS_UC, DUTY_UC, DUTY_WINDOW_MS
from oralcam_protocol.wire.enums import LightLock

BUCKETS = 20
BUCKET_MS = DUTY_WINDOW_MS // BUCKETS


class DutyLimit:
    """The window slides by a bucket at a time, so it is never shorter than DUTY_WINDOW_MS."""

    def __init__(self) -> None:
        self.lock = LightLock.NONE
        self._spent_uc = [0] * (BUCKETS + 1)
        self._bucket = 0

    def spend(self, charge_uc: int, now_ms: int) -> None:
        """Count a charge (mA x ms = microcoulombs) that has flown until now."""
        bucket = now_ms // BUCKET_MS
        for passed in range(self._bucket + 1, min(bucket, self._bucket + BUCKETS + 1) + 1):
            self._spent_uc[passed % (BUCKETS + 1)] = 0
        self._bucket = bucket
        self._spent_uc[bucket % (BUCKETS + 1)] += charge_uc
        spent_uc = sum(self._spent_uc)
        if spent_uc >= DUTY_UC:
            self.lock = LightLock.DUTY
        elif spent_uc <= DUTY_UC - DUTY_HYSTERESIS_UC:
            self.lock = LightLock.NONE
