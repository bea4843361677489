"""Which currents a ring takes: each zone's, from nothing to the board's cap."""


def check_currents(currents_ua: "list[int]", zones: int, cap_ua: int) -> None:
    """Raise `ValueError` unless there is a whole number of µA a zone, from 0 to the cap; NaN is none."""
    if len(currents_ua) != zones:
        raise ValueError("this ring has {} zones, not {}".format(zones, len(currents_ua)))
    for current in currents_ua:
        if not isinstance(current, int) or not 0 <= current <= cap_ua:
            raise ValueError("a zone takes from 0 to {} µA, not {}".format(cap_ua, current))
