"""The table of all deliveries: an SQLite file, in WAL mode, synced at every change."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from oralcam.errors import OutboxError
from oralcam.outbox.backoff import CONFIRM_S, GIVE_UP_S, SEND_AGAIN, pause_s
from oralcam.outbox.delivery import Delivery, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERSION = 1
WAIT_S = 10.0  # for another program's change
TABLE = """
CREATE TABLE IF NOT EXISTS deliveries (
    record_id TEXT NOT NULL, revision TEXT NOT NULL, sink TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL, next_at REAL NOT NULL,
    queued_at REAL NOT NULL, changed_at REAL NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (record_id, sink)
) WITHOUT ROWID
"""
HELD = "state = 'queued' AND attempts = 0"  # and due later: nobody has tried yet
COLUMNS = "record_id, revision, sink, state, attempts, next_at, queued_at, changed_at, said"


class DeliveryTable:
    """All deliveries of one outbox. It knows record ids and sinks' names, nothing of patients.

    Any number of threads and programs may use it. Raises `OutboxError`.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._turn = threading.RLock()
        with self._explained():
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))  # SQLite would let others read it
            self._database = sqlite3.connect(
                self.path, timeout=WAIT_S, isolation_level=None, check_same_thread=False
            )
        try:
            with self._explained():
                self._prepare()
        except BaseException:
            self._database.close()
            raise

    def _prepare(self) -> None:
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise OutboxError(f"The outbox {self.path} was written by a newer oralcam: update this program.")
        with self._change() as database:
            database.execute(TABLE)
            database.execute(f"PRAGMA user_version = {VERSION}")

    # -- what changes it -----------------------------------------------------------------------------

    def queue(
        self, record_id: str, revision: str, sinks: Iterable[str], now: float, hold_s: float = 0.0
    ) -> None:
        """Queue a record for `sinks`; it is due in `hold_s` at the latest.

        `hold_s` is for a program that does not live to say when. A delivery that is written down with this
        revision stays as it is, unless it may go earlier than it was to; another revision is sent again.
        """
        with self._explained(), self._change() as database:
            for sink in sinks:
                database.execute(
                    f"INSERT INTO deliveries ({COLUMNS}) VALUES (?1, ?2, ?3, 'queued', 0, ?5, ?4, ?4, '')"
                    " ON CONFLICT (record_id, sink) DO UPDATE SET revision = ?2, state = 'queued',"
                    " attempts = 0, next_at = ?5, queued_at = ?4, changed_at = ?4, said = ''"
                    f" WHERE revision <> ?2 OR ({HELD} AND next_at > ?5)",
                    (record_id, revision, sink, now, now + hold_s),
                )

    def release(self, before: float, now: float) -> int:
        """Make due what a program that is gone held back before `before`; return how many those were."""
        with self._explained(), self._change() as database:
            done = database.execute(
                f"UPDATE deliveries SET next_at = ?1, changed_at = ?1 WHERE {HELD} AND next_at > ?1"
                " AND queued_at < ?2",
                (now, before),
            )
            return done.rowcount

    def sent(self, delivery: Delivery, now: float) -> Delivery:
        """Note that the sink took the photo."""
        return self._set(delivery, State.SENT, 0, now, now, "")

    def confirmed(self, delivery: Delivery, now: float) -> Delivery:
        """Note that the sink holds the photo."""
        return self._set(delivery, State.CONFIRMED, delivery.attempts, 0.0, now, "")

    def unproven(self, delivery: Delivery, now: float, said: str = "") -> Delivery:
        """Note that the sink cannot tell yet.

        It is asked again, less and less often; then the photo is sent again.
        """
        if delivery.attempts >= SEND_AGAIN:
            return self.failed(delivery, "It was taken, and nothing proves that it is held.", now, 0.5)
        pause = CONFIRM_S * 2.0**delivery.attempts
        return self._set(delivery, State.SENT, delivery.attempts + 1, now + pause, now, said)

    def failed(
        self, delivery: Delivery, said: str, now: float, chance: float, *, lost: bool = False
    ) -> Delivery:
        """Note that an attempt failed; the delivery is dead after GIVE_UP_S of trying.

        `said` must not tell who the patient is. `lost` means that what was sent is not there, and is to be
        sent again.
        """
        attempts = delivery.attempts + 1
        state = State.QUEUED if lost or attempts > SEND_AGAIN else delivery.state
        if now - delivery.queued_at > GIVE_UP_S:
            state = State.DEAD
        return self._set(delivery, state, attempts, now + pause_s(attempts, chance), now, said)

    def refused(self, delivery: Delivery, said: str, now: float) -> Delivery:
        """Note that the sink refuses the photo: the delivery is dead."""
        return self._set(delivery, State.DEAD, delivery.attempts + 1, 0.0, now, said)

    def retry(self, record_id: str | None, sink: str | None, now: float) -> int:
        """Make due what is not confirmed (of a record, of a sink), the dead too; return how many
        those were.
        """
        with self._explained(), self._change() as database:
            done = database.execute(
                "UPDATE deliveries SET state = CASE state WHEN 'dead' THEN 'queued' ELSE state END,"
                " next_at = ?1, changed_at = ?1, attempts = 0, queued_at = ?1"
                " WHERE state <> 'confirmed'"
                " AND record_id = ifnull(?2, record_id) AND sink = ifnull(?3, sink)",
                (now, record_id, sink),
            )
            return done.rowcount

    def _set(
        self, delivery: Delivery, state: State, attempts: int, next_at: float, now: float, said: str
    ) -> Delivery:
        with self._explained(), self._change() as database:
            database.execute(
                "UPDATE deliveries SET state = ?, attempts = ?, next_at = ?, changed_at = ?, said = ?"
                " WHERE record_id = ? AND revision = ? AND sink = ?",  # corrected meanwhile: that counts
                (state.value, attempts, next_at, now, said, *delivery.key),
            )
        return replace(delivery, state=state, attempts=attempts, next_at=next_at, changed_at=now, said=said)

    # -- what is in it -------------------------------------------------------------------------------

    def due(self, now: float) -> list[Delivery]:
        """Return what is to be carried out now, longest waiting first."""
        return self._select(
            "WHERE state IN ('queued', 'sent') AND next_at <= ? ORDER BY queued_at, record_id, sink", (now,)
        )

    def deliveries(self, record_id: str | None = None) -> list[Delivery]:
        """Return all that was ever queued (of one record), oldest first."""
        return self._select(
            "WHERE record_id = ifnull(?, record_id) ORDER BY queued_at, record_id, sink", (record_id,)
        )

    def next_due(self) -> float | None:
        """Return when the next attempt is to be made, seconds since 1970; None if nothing waits."""
        with self._explained():
            (next_at,) = self._database.execute(
                "SELECT min(next_at) FROM deliveries WHERE state IN ('queued', 'sent')"
            ).fetchone()
        return None if next_at is None else float(next_at)

    def _select(self, condition: str, values: tuple[object, ...]) -> list[Delivery]:
        with self._explained():
            rows = self._database.execute(f"SELECT {COLUMNS} FROM deliveries {condition}", values).fetchall()
        return [Delivery(row[0], row[1], row[2], State(row[3]), *row[4:]) for row in rows]

    # -- the file ------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the file. Harmless when repeated."""
        self._database.close()

    def __enter__(self) -> DeliveryTable:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with self._turn:
                yield
        except (sqlite3.Error, OSError) as error:
            raise OutboxError(
                f"The outbox {self.path} cannot be used ({error}): check the disk and try again."
            ) from error
