"""The outbox at work, in a thread of its own, while visits go on."""

from __future__ import annotations

import atexit
import threading
import time

from oralcam import log
from oralcam.outbox.delivery import State
from oralcam.outbox.ledger import Ledger
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

CLAIM_AGAIN_S = 2.0  # another program works on the outbox: it may end
JOIN_S = 5.0  # what is under way then is begun again by the next program

_sendings: dict[tuple[Path, tuple[str, ...]], Sending] = {}
_making = threading.Lock()


def sending_of(folder: Path, store: RecordStore, sinks: Iterable[Sink] | None) -> Sending:
    """The outbox in `folder` at work for these sinks; None: those that were set up. It ends with the program.

    Raises `OutboxError`, `SinkError`.
    """
    if sinks is None:
        from oralcam.sinks.settings import set_up_sinks

        sinks = set_up_sinks(folder)
    chosen = list(sinks)
    key = (folder.resolve(), tuple(sorted(sink.name for sink in chosen)))
    with _making:
        sending = _sendings.get(key)
        if sending is None:
            if not _sendings:
                atexit.register(close_all)
            sending = _sendings[key] = Sending(folder, store, chosen)
        return sending


def close_all() -> None:
    """End all work on outboxes; it goes on in the next program, or with the next visit."""
    with _making:
        while _sendings:
            _sendings.popitem()[1].close()


class Sending:
    """What is queued goes to its sinks from construction to `close`; what is left then waits in the outbox.

    One program works on an outbox at a time: a second one queues, and the first sends.
    """

    def __init__(self, folder: Path, store: RecordStore, sinks: Iterable[Sink]) -> None:
        self.sinks = {sink.name: sink for sink in sinks}
        self._folder = folder
        self._store = store
        self._ledger = Ledger(folder / "outbox.sqlite")
        self._wake = threading.Event()
        self._ending = False
        self._thread: threading.Thread | None = None
        if self.sinks:
            self._thread = threading.Thread(target=self._run, name="oralcam-outbox", daemon=True)
            self._thread.start()

    def queue(self, record: CaptureRecord) -> None:
        """It is to go to all sinks, this revision of it. Raises `OutboxError`."""
        self._ledger.queue(record.record_id, record.sop_uid, self.sinks, time.time())
        self._wake.set()

    def deliveries(self, record_id: str) -> list[Delivery]:
        """How far a record has come at each sink."""
        return self._ledger.deliveries(record_id)

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
            look.wait(0.05)  # another program may be the one that sends: the ledger is all there is to see

    def close(self) -> None:
        """End after the delivery under way. Harmless when repeated."""
        self._ending = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(JOIN_S)
        self._ledger.close()

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
        with Ledger(self._folder / "outbox.sqlite") as ledger:
            worker = Worker(ledger, self._store, self.sinks, stage=self._note)
            worker.run(lambda: self._ending, self._pause)

    def _note(self, stage: str, delivery: Delivery) -> None:
        acts = {"sent noted": Act.SENT, "confirmed noted": Act.CONFIRMED}
        if stage in acts:
            self._store.audit.append(acts[stage], delivery.record_id, who="oralcam")

    def _pause(self, time_s: float) -> None:
        if not self._ending:
            self._wake.wait(time_s)
            self._wake.clear()
