"""The tip's temperature: off at OFF_MC, or when it will be there soon; on only when it has cooled."""

from camera_app.safety.limits import AHEAD_HYSTERESIS_MC, AHEAD_MS, HYSTERESIS_MC, OFF_MC, PLAUSIBLE_MC
from oralcam_protocol.wire.enums import LightLock

SAMPLE_MS = 500
SAMPLES = 4  # the oldest is AHEAD_MS old


class HeatLimit:
    """Locked until the first reading. A gap in the readings locks, and opens nothing."""

    def __init__(self) -> None:
        self.lock = LightLock.NO_TEMPERATURE
        self._hot = False
        self._heating = False
        self._samples: "list[tuple[int, int]]" = []  # (ms, mc), oldest first

    def reading(self, reading_mc: "int | None", now_ms: int) -> None:
        """Take a reading, None if there is none."""
        if reading_mc is None or not PLAUSIBLE_MC[0] <= reading_mc <= PLAUSIBLE_MC[1]:
            self.lock = LightLock.NO_TEMPERATURE
            self._samples = []  # nobody knows what it did meanwhile
            return
        if reading_mc >= OFF_MC:
            self._hot = True
        elif reading_mc <= OFF_MC - HYSTERESIS_MC:
            self._hot = False
        rise_mc = self._rise_mc(reading_mc, now_ms)
        if rise_mc is not None and reading_mc + rise_mc >= OFF_MC:
            self._heating = True
        elif rise_mc is not None and reading_mc + rise_mc <= OFF_MC - AHEAD_HYSTERESIS_MC:
            self._heating = False
        self.lock = (
            LightLock.TOO_WARM if self._hot else LightLock.HEATING if self._heating else LightLock.NONE
        )

    def _rise_mc(self, reading_mc: int, now_ms: int) -> "int | None":
        """By how much it will have risen in AHEAD_MS, 0 if it falls; None while nobody knows."""
        samples = self._samples
        if not samples or now_ms - samples[-1][0] >= SAMPLE_MS:
            samples.append((now_ms, reading_mc))
            if len(samples) > SAMPLES:
                samples.pop(0)
        then_ms, then_mc = samples[0]
        passed_ms = now_ms - then_ms
        if passed_ms < SAMPLE_MS:
            return None
        return max(0, (reading_mc - then_mc) * AHEAD_MS // passed_ms)
