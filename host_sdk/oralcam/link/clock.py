"""From the camera's clock to the time of day, with an honest uncertainty."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

DRIFT_PPM = 100.0  # crystals are within 50; twice that covers both ends
YEAR_10000_S = 253_402_300_800  # what `datetime` can say ends here
KEEP_S = 60.0  # after this long a worse measurement is better than an old good one


class Moment:
    """A time of day, seconds since 1970, and how far off it may be."""

    def __init__(self, unix_s: float, uncertainty_s: float) -> None:
        self.unix_s = unix_s
        self.uncertainty_s = uncertainty_s

    def local(self) -> datetime:
        """Return the moment in local time, with its offset from UTC."""
        from datetime import datetime

        return datetime.fromtimestamp(self.unix_s).astimezone()


class ClockFilter:
    """A filter for exchanges of four timestamps: the one with the shortest round trip tells the offset best.

    The error is at most half the round trip (the rule of NTP, RFC 5905 section 8) plus drift since then.
    """

    def __init__(self) -> None:
        self._offset_s = 0.0
        self._round_trip_s = float("inf")
        self._measured_s = float("-inf")

    def feed(self, sent_s: float, received_us: int, answered_us: int, arrived_s: float) -> None:
        """Take in one exchange: the host's times in seconds since 1970, the camera's in microseconds."""
        round_trip_s = (arrived_s - sent_s) - (answered_us - received_us) / 1e6
        if round_trip_s < 0:
            return  # the host's clock was set meanwhile
        aged_s = arrived_s - self._measured_s
        if round_trip_s <= self._round_trip_s + aged_s * DRIFT_PPM / 1e6 or not 0 <= aged_s <= KEEP_S:
            self._round_trip_s = round_trip_s
            self._offset_s = (sent_s + arrived_s) / 2 - (received_us + answered_us) / 2e6
            self._measured_s = arrived_s

    def moment(self, camera_us: int) -> Moment | None:
        """Return when the camera's clock stood at `camera_us`.

        None before the first exchange, and for nonsense.
        """
        unix_s = camera_us / 1e6 + self._offset_s
        if self._round_trip_s == float("inf") or not 86400 <= unix_s < YEAR_10000_S - 86400:
            return None
        drift_s = abs(unix_s - self._measured_s) * DRIFT_PPM / 1e6
        return Moment(unix_s, self._round_trip_s / 2 + drift_s)
