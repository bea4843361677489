"""What drivers raise. `except OSError` catches all of them: the state of the part is unknown then."""


class DriverError(OSError):
    """A part did not do what its driver asked, or says something that cannot be."""


class BusError(DriverError):
    """A transfer failed: no acknowledgement, a deadline, a line that stays low, a second user."""


class ChipError(DriverError):
    """The chip answers, but it is another one, or its registers do not hold what was written."""


class SensorFault(DriverError):
    """There is no measurement: a sensor is open, shorted, not ready, silent or out of its range."""
