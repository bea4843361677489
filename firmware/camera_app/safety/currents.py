"""From levels to currents: capped, and less the warmer the tip is."""

from camera_app.safety.limits import DERATE_LEAST_PERMILLE, DERATE_MC, OFF_MC, ZONE_MEAN_UA


def derate_permille(reading_mc: int) -> int:
    """How much of the light is left at this temperature: 1000 up to DERATE_MC, 0 from OFF_MC on."""
    if reading_mc >= OFF_MC:
        return 0
    if reading_mc <= DERATE_MC:
        return 1000
    return 1000 - (1000 - DERATE_LEAST_PERMILLE) * (reading_mc - DERATE_MC) // (OFF_MC - DERATE_MC)


def zone_current_ua(level_permille: int, rated_ua: int, left_permille: int) -> int:
    """The mean current of a zone, 0..ZONE_MEAN_UA; 0 for a level or a rating that is none."""
    if not level_permille > 0 or not rated_ua > 0 or not left_permille > 0:
        return 0
    current_ua = min(rated_ua, ZONE_MEAN_UA * 4) * min(level_permille, 1000) // 1000
    return min(current_ua, ZONE_MEAN_UA) * min(left_permille, 1000) // 1000
