"""The worker that carries deliveries out, one for each outbox.

A delivery that stops half-way, for any reason, goes on in the next worker.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import time
from contextlib import contextmanager

from oralcam import log
from oralcam.errors import RecordError, SinkLost, SinkRefused, SinkUnavailable, SinkUnproven
from oralcam.outbox.delivery import Delivery, State
from oralcam.outbox.delivery_table import DeliveryTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Protocol

    from oralcam.record.capture_record import CaptureRecord
    from oralcam.sinks.sink import Sink

    class Records(Protocol):
        """Where records and their JPEGs are kept on this computer: a `RecordStore`."""

        def read(self, record_id: str) -> CaptureRecord:
            """Read a record. Raises `RecordError`."""

        def jpeg(self, record_id: str) -> bytes:
            """Return its JPEG as it left the sensor. Raises `RecordError`."""


# Every place at which a program can be killed; a test kills one at each.
STAGES = ("taken up", "loaded", "sent", "sent noted", "asked", "confirmed noted")


class Worker:
    """The worker of an outbox: it sends what is due, asks for proof, and notes the outcome.

    `sinks` are by name; a delivery to a sink that is not among them waits, and the log says so. `stage` is
    called at each of STAGES; `now` (seconds since 1970) and `chance` (0..1) are for tests.
    """

    def __init__(
        self,
        table: DeliveryTable,
        records: Records,
        sinks: Mapping[str, Sink],
        *,
        now: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
        stage: Callable[[str, Delivery], None] | None = None,
    ) -> None:
        self._table = table
        self._records = records
        self._sinks = sinks
        self._now = now
        self._chance = chance
        self._stage = stage or (lambda _stage, _delivery: None)

    def run_once(self) -> list[Delivery]:
        """Carry out everything that is due now, each at most one step; return what became of it.

        A sink that does not answer is left alone for the rest of this round, and one that does not prove what
        it took is given more, and not asked: the others do not wait for it.
        """
        outcomes = []
        resting: dict[str, str] = {}
        silent: set[str] = set()
        for delivery in self._table.due(self._now()):
            sink = self._sinks.get(delivery.sink)
            if sink is None:
                reason = f"There is no sink {delivery.sink!r} any more: set it up again, or name another one."
                outcomes.append(self._failed(delivery, reason))
            elif delivery.sink in resting:
                outcomes.append(self._failed(delivery, resting[delivery.sink]))
            elif delivery.state is State.QUEUED or delivery.sink not in silent:
                outcomes.append(self._carry_out(delivery, sink, resting, silent))
        return outcomes

    def run(self, until: Callable[[], bool], wait: Callable[[float], object] = time.sleep) -> None:
        """Work in rounds until `until` says so.

        Between them, wait for what is due next, at most a second at a time.
        """
        while not until():
            self.run_once()
            next_due = self._table.next_due()
            patience_s = 1.0 if next_due is None else next_due - self._now()
            if not until():
                wait(max(0.02, min(1.0, patience_s)))

    def _carry_out(
        self, delivery: Delivery, sink: Sink, resting: dict[str, str], silent: set[str]
    ) -> Delivery:
        self._stage("taken up", delivery)
        try:
            record, jpeg = self._load(delivery)
            self._stage("loaded", delivery)
            if delivery.state is State.QUEUED:
                sink.send(record, jpeg)
                self._stage("sent", delivery)
                delivery = self._table.sent(delivery, self._now())
                self._stage("sent noted", delivery)
                if delivery.sink in silent:
                    return delivery
            held = sink.confirm(record, jpeg)
            self._stage("asked", delivery)
        except SinkLost as error:
            return self._failed(delivery, str(error), lost=True)
        except SinkUnproven as error:
            silent.add(delivery.sink)
            return self._table.unproven(delivery, self._now(), str(error))
        except SinkUnavailable as error:
            resting[delivery.sink] = str(error)
            return self._failed(delivery, str(error))
        except SinkRefused as error:
            return self._refused(delivery, str(error))
        except RecordError as error:
            return self._failed(delivery, str(error))
        except Exception as error:
            # a fault of ours, or a record that is gone: no reason to hold the others up. Its text may quote
            # what was to be sent: only its kind is written down
            return self._failed(delivery, f"{type(error).__name__} while sending: run it again with --debug.")
        if not held:
            silent.add(delivery.sink)
            return self._table.unproven(delivery, self._now())
        delivery = self._table.confirmed(delivery, self._now())
        self._stage("confirmed noted", delivery)
        return delivery

    def _load(self, delivery: Delivery) -> tuple[CaptureRecord, bytes]:
        record = self._records.read(delivery.record_id)
        jpeg = self._records.jpeg(delivery.record_id)
        if hashlib.sha256(jpeg).hexdigest() != record.jpeg_sha256:
            raise SinkRefused(
                f"The photo of record {record.record_id} was damaged on this computer: it is not sent."
            )
        return record, jpeg

    def _failed(self, delivery: Delivery, said: str, *, lost: bool = False) -> Delivery:
        log.warning("record %s to %s: %s", delivery.record_id, delivery.sink, said)
        return self._table.failed(delivery, said, self._now(), self._chance(), lost=lost)

    def _refused(self, delivery: Delivery, said: str) -> Delivery:
        log.warning("record %s to %s, for good: %s", delivery.record_id, delivery.sink, said)
        return self._table.refused(delivery, said, self._now())


@contextmanager
def only_worker(folder: Path) -> Iterator[bool]:
    """Claim the outbox in `folder` and tell whether this is its only worker.

    The claim ends with the context, or the process. It is a lock of SQLite's: the same on every system, and a
    killed program never leaves it behind.
    """
    database = sqlite3.connect(folder / "worker.lock", timeout=0, isolation_level=None)
    try:
        try:
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
    finally:
        database.close()
