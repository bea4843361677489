"""The order in which a camera's ports are tried, and why its bulk interface is not in use."""

from __future__ import annotations

from oralcam.errors import PortInUse
from oralcam.link.ports import device_lock
from oralcam.link.ports.transport import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from oralcam.errors import OralcamError

FLAPS = 2  # so often the bulk interface fails though nobody pulled it: then it is tried last
STEADY_S = 60.0  # a session that lasted so long was a good one
GRACE = 2  # looks at a camera that was plugged in again: its interfaces do not appear at the same moment


class Preference:
    """The preference for one camera's ports.

    A port that was named is the only kind that is ever used; otherwise bulk comes first. A look is one search
    for the camera; the first one comes in the moment in which a session fell.
    """

    def __init__(self, ports: str | Sequence[str]) -> None:
        self._only = kind_of(ports) if isinstance(ports, str) else None
        self._flaps = 0
        self._taken_at = 0.0
        self._was_bulk = False
        self._grace = 0
        self.why_not_bulk = ""

    def ranked(self, ports: Sequence[str], look: int, now: float) -> list[str]:
        """Return the ports to try, in order. `look` counts from 1; 0 is the opening."""
        if look > 1 or now - self._taken_at > STEADY_S:
            self._flaps = 0
        if look <= 1:
            self._grace = GRACE if self._was_bulk else 0
        allowed = [port for port in ports if self._only in (None, kind_of(port))]
        bulk = [port for port in allowed if kind_of(port) == "bulk"]
        others = [port for port in allowed if port not in bulk]
        if self._only not in (None, "bulk"):
            self.why_not_bulk = "The port was named."
        elif not bulk:
            self.why_not_bulk = "The camera shows no bulk interface."
        elif self._flaps >= FLAPS:
            self.why_not_bulk = "The bulk interface failed several times in a row."
            return others + bulk
        if look > 1 and others and self._grace:
            self._grace -= 1
            return bulk
        return bulk + others

    def refused(self, port: str, error: OralcamError) -> bool:
        """Note that a port could not be used; return True if no other may be tried instead."""
        if kind_of(port) != "bulk":
            return False
        self.why_not_bulk = str(error)
        # where no lock tells, who holds it may be in a session, and that must not be taken away
        return isinstance(error, PortInUse) and not device_lock.AVAILABLE

    def taken(self, port: str, now: float, *, was_there: bool = False) -> None:
        """Note that a session began on the port.

        `was_there` says that the camera had neither been unplugged nor reset.
        """
        self._was_bulk = kind_of(port) == "bulk"
        if self._was_bulk:
            self._flaps += was_there
            self.why_not_bulk = ""
        self._taken_at = now
