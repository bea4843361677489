"""How long the ring has been lit in its whole life: LEDs age, and resets do not make them young."""

from camera_app.hal import Records
from camera_app.services.log import Log
from camera_app.services.stored import StoredRecord

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

SAVE_EVERY_S = 120  # of light: a power cut forgets no more, and flash is not worn out before the LEDs are
LIMIT_MS = 0xFFFFFFFF  # of the field in HEALTH: 1,193 hours; more is told as that


class LightHours:
    """The sum of earlier boots, from a stable record, and what this one has added."""

    def __init__(self, records: Records, lit_ms: "Callable[[], int]", log: Log) -> None:
        self._record = StoredRecord(records, "light")
        self._lit_ms = lit_ms
        self._log = log
        self._before_s = int.from_bytes(self._record.data, "little")
        self._saved_s = self.total_s

    @property
    def total_s(self) -> int:
        """Seconds, over all boots."""
        return self._before_s + self._lit_ms() // 1000

    @property
    def total_ms(self) -> int:
        """Milliseconds over all boots, as far as the wire can say it."""
        return min(self._before_s * 1000 + self._lit_ms(), LIMIT_MS)

    def keep(self) -> None:
        """Save them if they have grown by SAVE_EVERY_S. A save that fails is tried again after as long."""
        if self.total_s - self._saved_s < SAVE_EVERY_S:
            return
        self._saved_s = self.total_s
        try:
            self._record.save(self._saved_s.to_bytes(6, "little"))
        except OSError as error:
            self._log.failure("records", error)
