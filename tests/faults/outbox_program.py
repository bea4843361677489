"""An outbox carried out until nothing waits, in a process that kills itself at the place that it is told."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

from oralcam.outbox.delivery import Delivery
from oralcam.outbox.delivery_table import DeliveryTable
from oralcam.outbox.worker import Worker
from oralcam.record.store import RecordStore
from oralcam.sinks.sink import Sink

LONGEST = 200  # rounds


class Killer:
    """Counts places: stages of the outbox, and what it asks of the system (names of audit events)."""

    def __init__(self, at: int, events: tuple[str, ...]) -> None:
        self.places = 0
        self._at = at
        self._events = events

    def stage(self, _stage: str, _delivery: Delivery) -> None:
        self._place()

    def audit(self, event: str, _arguments: object) -> None:
        if event in self._events:
            self._place()

    def _place(self) -> None:
        self.places += 1
        if self.places == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def deliver(home: Path, sinks: Mapping[str, Sink], at: int = 0, events: tuple[str, ...] = ()) -> int:
    """Everything below `home`, in a process of its own that is killed at place number `at`, 0 for nowhere.

    Returns its exit code, negative if it was killed.
    """
    child = os.fork()
    if child == 0:
        try:
            _deliver(home, sinks, Killer(at, events))
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _deliver(home: Path, sinks: Mapping[str, Sink], killer: Killer) -> None:
    with DeliveryTable(home / "outbox.sqlite") as table:
        now_s = table.deliveries()[0].queued_at
        store = RecordStore(home / "records")
        worker = Worker(table, store, sinks, now=lambda: now_s, stage=killer.stage)
        sys.addaudithook(killer.audit)
        for _ in range(LONGEST):
            if (due := table.next_due()) is None:
                return
            now_s = max(now_s, due)
            worker.run_once()
        raise TimeoutError(f"not delivered after {LONGEST} rounds: {table.deliveries()}")
