"""Whether the heating pad is on. No request reaches past the limit here."""

LIMIT_MC = 48000  # IEC 60601-1's 43 to 48 °C for short contact: enough to see the camera protect its patient
BAND_MC = 200
HOST_SILENT_MS = 3000


class Thermostat:
    """Off unless somebody asked for heat, is still there, and the sensor answers below the limit.

    >>> thermostat = Thermostat()
    >>> thermostat.ask(42000)
    >>> [thermostat.heat(reading, True) for reading in (34000, 41950, 42100, 41850, 41700)]
    [True, True, False, False, True]
    >>> thermostat.heat(34000, False), thermostat.heat(34000, True)
    (False, False)
    """

    def __init__(self) -> None:
        self._target_mc: "int | None" = None
        self._heating = False

    def ask(self, target_mc: "int | None") -> None:
        """Keep this temperature; None: let it cool."""
        self._target_mc = None if target_mc is None else min(target_mc, LIMIT_MC)

    def heat(self, reading_mc: "int | None", host_alive: bool) -> bool:
        """Should the pad be on now? A host that went away has asked for nothing any more."""
        if not host_alive:
            self._target_mc = None
        if self._target_mc is None or reading_mc is None or reading_mc >= min(self._target_mc, LIMIT_MC):
            self._heating = False
        elif reading_mc < self._target_mc - BAND_MC:
            self._heating = True
        return self._heating
