"""A service that keeps failing: the board is reset, and after the start that is said."""

from camera_app.hal import Board
from camera_app.services.clock import Clock
from camera_app.services.events import Events
from camera_app.services.indicator import FAULT, IndicatorService
from camera_app.services.log import Log
from camera_app.services.stored import StoredRecord
from oralcam_protocol.wire.enums import EventType, LightAlarm

FAILURES_MAX = 5  # of one service in a row
HEALTHY_MS = 10000  # a service that ran for so long does not fail in a row


class Restart:
    """Counts failures of services, and remembers over the reset which one it was."""

    def __init__(self, board: Board, clock: Clock, log: Log) -> None:
        self._board = board
        self._clock = clock
        self._log = log
        self._record = StoredRecord(board.records, "restart")
        self._failures: "dict[str, int]" = {}

    def announce(self, events: Events, indicator: IndicatorService) -> None:
        """Say what the last reset was for, once."""
        if not self._record.data:
            return
        self._log.say("reset, because this kept failing: {}".format(self._record.data.decode()))
        events.announce(EventType.LIGHT, self._clock.now_us(), code=LightAlarm.RESTARTED)
        indicator.show(FAULT)
        self._save(b"")

    def failed(self, name: str, ran_ms: int) -> None:
        """A service failed after `ran_ms`. The last failure of several in a row does not come back."""
        count = 1 if ran_ms >= HEALTHY_MS else self._failures.get(name, 0) + 1
        self._failures[name] = count
        if count >= FAILURES_MAX:
            self._save(name.encode())
            self._board.reset()

    def _save(self, data: bytes) -> None:
        try:
            self._record.save(data)
        except OSError as error:
            self._log.failure("records", error)
