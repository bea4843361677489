"""The numbers. docs/safety.md says where each comes from, and which test notices when it is changed.

No request of a host reaches them: what it asks for can only be less.
"""

# Current. The peak counts as well as the mean: an eye, or tissue, sees the pulse.
ZONE_MEAN_UA = 20000
ZONE_PEAK_UA = 30000

# Heat at the tip, thousandths of a degree Celsius
DERATE_MC = 38000  # from here on the ring gets less
DERATE_HYSTERESIS_MC = 500  # for telling it once
DERATE_LEAST_PERMILLE = 250  # of what it would get, just below OFF_MC
OFF_MC = 41000
HYSTERESIS_MC = 3000  # how far it must cool before there is light again
PLAUSIBLE_MC = (-20000, 85000)
CHIP_OFF_MC = 85000
CHIP_HYSTERESIS_MC = 5000
CHIP_LEAST_MC = -40000  # below, it is no reading
AHEAD_MS = 2000  # a tip that will have reached OFF_MC in so long, at the rate it warms now, is too warm now
AHEAD_HYSTERESIS_MC = 1000
DISAGREE_MC = 3000  # between two thermometers
DISAGREE_HYSTERESIS_MC = 1000
FROZEN_MS = 60000  # of light, without the last digit of a reading moving

# Time
CHECK_MS = 100
HEARTBEAT_MS = 3000  # a host that was silent this long is gone
IDLE_MS = 120000  # steady light without any capture or light request
EXPOSURE_MS = 1000  # light for one exposure, settling included
WATCHDOG_MS = 8000
STOPPED_CHECKS = 3  # checks for which the clock may stand still

# Charge: seven tenths of full light, over ten minutes. Milliamperes times milliseconds, over all zones
DUTY_UC = 25200000
DUTY_WINDOW_MS = 600000
DUTY_HYSTERESIS_UC = 3600000  # a minute of full light

# The driver
FAILURES_MAX = 3  # calls in a row that may fail before the enable line drops
REFRESH_MS = 1000  # what was applied is applied again: a lost write, or a lie, lasts no longer
FAULT_HOLD_MS = 1000  # how long it must have obeyed before there is light again; doubled by each fault
FAULT_HOLD_MAX_MS = 64000  # and once it has obeyed for so long, as at first
