"""What light is asked for, and when that ends by itself: no host, nothing taken, an exposure that hangs."""

from camera_app.safety.limits import EXPOSURE_MS, HEARTBEAT_MS, IDLE_MS
from oralcam_protocol.wire.enums import LightAlarm

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

ZONES = 3


class Demand:
    """Steady light while a host is there, and light for one exposure at a time."""

    def __init__(self) -> None:
        self.levels_permille = [0] * ZONES
        self.steady = False
        self.exposing = False
        self._exposing_ms = 0
        self._asked_ms = 0
        self._heard_ms = 0

    def ask(self, levels_permille: "list[int]", steady: bool, now_ms: int) -> None:
        """The host chose levels."""
        self.levels_permille = levels_permille
        self.steady = steady
        self._asked_ms = self._heard_ms = now_ms

    def heard(self, now_ms: int) -> None:
        """The host is alive."""
        self._heard_ms = now_ms

    def host_gone(self) -> None:
        """The host said goodbye: no steady light; the levels stay for the next exposure."""
        self.steady = False

    def begin_exposure(self, now_ms: int) -> None:
        """Light is wanted whether or not it is steady."""
        self.exposing = True
        self._exposing_ms = self._asked_ms = now_ms

    def end_exposure(self, now_ms: int) -> None:
        """It is over."""
        self.exposing = False
        self._asked_ms = now_ms

    def expire(self, now_ms: int, tell: "Callable[[int], None]") -> None:
        """End what has lasted too long, and tell why (LightAlarm). Call it before `wanted`."""
        if self.exposing and now_ms - self._exposing_ms > EXPOSURE_MS:
            self.exposing = False
            tell(LightAlarm.EXPOSURE_TOO_LONG)
        if self.steady and now_ms - self._heard_ms > HEARTBEAT_MS:
            self.steady = False
            tell(LightAlarm.HOST_SILENT)
        elif self.steady and now_ms - self._asked_ms > IDLE_MS:
            self.steady = False
            tell(LightAlarm.IDLE)

    @property
    def wanted(self) -> bool:
        """Should the ring be lit?"""
        return self.exposing or self.steady
