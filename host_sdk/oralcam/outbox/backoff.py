"""The pauses after which a delivery that failed is tried again."""

from __future__ import annotations

FIRST_S = 5.0
LONGEST_S = 3600.0
GIVE_UP_S = 7 * 24 * 3600.0  # a practice is closed over a weekend, a server is repaired within a week
CONFIRM_S = 2.0  # before a sink is asked a second time whether it holds what it took
SEND_AGAIN = 12  # questions without proof, an hour and a half: then it is sent once more, which does no harm


def pause_s(attempts: int, chance: float) -> float:
    """Return the seconds until the next attempt after `attempts` failed ones.

    They double each time, up to an hour. `chance` (0..1) spreads them by a fifth either way: several
    workstations do not come back all at once.

    >>> [round(pause_s(attempts, 0.5)) for attempts in (1, 2, 3, 20)]
    [5, 10, 20, 3600]
    """
    pause = min(LONGEST_S, FIRST_S * 2.0 ** min(attempts - 1, 30))
    return pause * (0.8 + 0.4 * chance)
