"""The outbox at work, in a thread of its own, while visits go on."""

from __future__ import annotations

import atexit
import threading
import time

from oralcam import log
from oralcam.outbox.delivery import State
from oralcam.outbox.delivery_table import DeliveryTable
from oralcam.outbox.worker import Worker, only_worker
from oralcam.record.audit import Act

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from oralcam.outbox.delivery import Delivery
    from oralcam.record import CaptureRecord
    from oralcam.record.store import RecordStore
    from oralcam.sinks.sink import Sink

__all__ = ["close_all"]

CLAIM_AGAIN_S = 2.0  # another program works on the outbox: it may end
HOLD_S = 12 * 3600.0  # for site and reason, after a visit's program was killed and none came after it
JOIN_S = 5.0  # what is under way then is begun again by the next program

_outboxes: dict[Path, BackgroundOutbox] = {}
_making = threading.Lock()


def background_outbox(folder: Path, store: RecordStore) -> BackgroundOutbox:
    """Return the outbox in `folder`, at work until the program ends. Raises `OutboxError`."""
    with _making:
        key = folder.resolve()
        outbox = _outboxes.get(key)
        if outbox is None:
            if not _outboxes:
                atexit.register(close_all)
            outbox = _outboxes[key] = BackgroundOutbox(folder, store)
        return outbox


def close_all() -> None:
    """End all work on outboxes. It goes on in the next program, or with the next visit."""
    with _making:
        while _outboxes:
            _outboxes.popitem()[1].close()


def in_the_audit_log(store: RecordStore) -> Callable[[str, Delivery], None]:
    """Return a worker's `stage` that writes down what was sent and what was confirmed."""
    acts = {"sent noted": Act.SENT, "confirmed noted": Act.CONFIRMED}

    def note(stage: str, delivery: Delivery) -> None:
        if stage in acts:
            store.audit.append(acts[stage], delivery.record_id, who="oralcam")

    return note


class BackgroundOutbox:
    """An outbox whose deliveries go to their sinks from construction to `close`.

    The rest waits in its file then. One program works on an outbox at a time: a second one queues, and the
    first sends.
    """

    def __init__(self, folder: Path, store: RecordStore) -> None:
        self._folder = folder
        self._store = store
        self._table = DeliveryTable(folder / "outbox.sqlite")
        self._sinks: dict[str, Sink] = {}
        self._coming: dict[str, Sink] = {}  # each instead of another one of its name
        self._using = threading.Lock()
        self._began_s = time.time()
        self._wake = threading.Event()
        self._ending = False
        self._thread: threading.Thread | None = None

    def use(self, sinks: Iterable[Sink]) -> tuple[str, ...]:
        """Let photos go to these sinks from now on, and return the sinks' names.

        A sink with a known name takes the other's place as soon as that has nothing under way.
        """
        chosen = {sink.name: sink for sink in sinks}
        with self._using:
            for name, sink in chosen.items():
                if self._sinks.setdefault(name, sink) is not sink:
                    self._coming[name] = sink
            if self._thread is None and self._sinks:
                self._thread = threading.Thread(target=self._run, name="oralcam-outbox", daemon=True)
                self._thread.start()
        return tuple(chosen)

    def queue(self, record: CaptureRecord, sinks: Iterable[str], *, hold: bool = False) -> None:
        """Queue this revision of a record for these sinks. Raises `OutboxError`.

        `hold` holds it back, because more will be said of it; the next program sends it if this one is
        killed.
        """
        hold_s = HOLD_S if hold else 0.0
        self._table.queue(record.record_id, record.sop_uid, sinks, time.time(), hold_s)
        self._wake.set()

    def deliveries(self, record_id: str) -> list[Delivery]:
        """Return how far a record has come at each sink."""
        return self._table.deliveries(record_id)

    def wait_confirmed(self, record_ids: Iterable[str], timeout: float) -> bool:
        """Wait until every sink holds these records; False after `timeout` seconds, or if one is refused."""
        ids = list(record_ids)
        return self._wait(lambda states: states <= {State.CONFIRMED}, ids, timeout)

    def _wait(self, good: Callable[[set[State]], bool], ids: list[str], timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        look = threading.Event()
        while True:
            states = {delivery.state for record_id in ids for delivery in self.deliveries(record_id)}
            if good(states):
                return True
            if State.DEAD in states or time.monotonic() >= deadline:
                return False
            look.wait(0.05)  # another program may be the one that sends: the table is all there is to see

    def close(self) -> None:
        """End after the delivery under way. Harmless when repeated."""
        self._ending = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(JOIN_S)
        with self._using:
            for sink in (*self._sinks.values(), *self._coming.values()):
                sink.close()
        self._table.close()

    # -- the thread ----------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._ending:
            try:
                with only_worker(self._folder) as alone:
                    if alone:
                        self._work()
            except Exception:
                log.exception("the outbox stopped; it goes on in %s s", CLAIM_AGAIN_S)
            self._pause(CLAIM_AGAIN_S)

    def _work(self) -> None:
        with DeliveryTable(self._folder / "outbox.sqlite") as table:
            table.release(self._began_s, time.time())
            worker = Worker(table, self._store, self._sinks, stage=in_the_audit_log(self._store))
            worker.run(self._between_rounds, self._pause)

    def _between_rounds(self) -> bool:
        """Change sinks, while nothing is under way; return True if the work is to end."""
        with self._using:
            while self._coming:
                name, sink = self._coming.popitem()
                self._sinks[name].close()  # first: the new one may listen at the same port
                self._sinks[name] = sink
        return self._ending

    def _pause(self, time_s: float) -> None:
        if not self._ending:
            self._wake.wait(time_s)
            self._wake.clear()
