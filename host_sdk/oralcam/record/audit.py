"""The audit log: who did what to which record, when. It only ever grows, and holds no names of patients.

One line of JSON an entry. Each holds the SHA-256 of itself and of the one before it, so that no line can be
changed, taken out or put in without breaking all that follow. `audit.head` says how many there are: lines cut
from the end are missed there. Anybody who can write both files can still forge both; note the head elsewhere
(`AuditLog.head`) if that matters.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from oralcam import log
from oralcam.errors import AuditBroken, InvalidRecord
from oralcam.files.private_folder import FolderLock, PrivateFolder
from oralcam.record.ids import is_record_id
from oralcam.record.plain_text import plain_text
from oralcam.record.timestamps import now, settled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Act", "AuditEntry", "AuditLog", "Head"]

LOG, HEAD = "audit.log", "audit.head"
LONGEST_LINE = 1024  # bytes; none comes near it


class Act(Enum):
    """What was done to a record."""

    ARMED = "armed"
    DISARMED = "disarmed"
    RECORDED = "recorded"
    QUARANTINED = "quarantined"
    FILED = "filed"
    RELINKED = "relinked"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"
    SENT = "sent"
    CONFIRMED = "confirmed"
    PURGED = "purged"
    RECOVERED = "recovered"  # a line that a crash had torn was taken out
    BEGUN_ANEW = "begun_anew"  # by a person, after the log was found broken


class Head(NamedTuple):
    """How far the log goes: the last entry's number and digest."""

    number: int
    digest: str


EMPTY = Head(0, "0" * 64)


@dataclass(frozen=True)
class AuditEntry:
    """One line of the log.

    `record_id` is "" where no record is meant; `before` is the digest of the entry before.
    """

    number: int
    at: datetime
    who: str
    what: Act
    record_id: str
    before: str

    @property
    def digest(self) -> str:
        """SHA-256 of the whole entry, the digest of the entry before included."""
        return hashlib.sha256(json.dumps(self._plain(), sort_keys=True).encode()).hexdigest()

    def line(self) -> bytes:
        """Return the entry as it stands in the file."""
        return json.dumps({**self._plain(), "digest": self.digest}, ensure_ascii=False).encode() + b"\n"

    def _plain(self) -> dict[str, object]:
        return {**vars(self), "at": self.at.isoformat(), "what": self.what.value}

    @classmethod
    def from_line(cls, line: bytes) -> AuditEntry | None:
        """Return the entry that a line holds, or None if it is no entry or has another digest."""
        try:
            plain = json.loads(line)
            del plain["digest"]  # made anew, for comparing
            entry = cls(**{**plain, "at": datetime.fromisoformat(plain["at"]), "what": Act(plain["what"])})
            return entry if entry.line() == line else None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None


class AuditLog:
    """One log in a folder of its own. Several programs may add to it."""

    def __init__(self, folder: str | os.PathLike[str], *, clock: Callable[[], datetime] = now) -> None:
        self._folder = PrivateFolder(folder)
        self._lock = FolderLock(self._folder)
        self._clock = clock

    @property
    def path(self) -> Path:
        """The path of the log itself."""
        return self._folder.path / LOG

    def append(self, what: Act, record_id: str = "", *, who: str) -> AuditEntry:
        """Add an entry and return it when it is durable.

        `who` is the operator, never a patient. Raises `AuditBroken`, `RecordStoreError`, `InvalidRecord`.
        """
        who = plain_text(who, "Who did it", InvalidRecord, longest=64, required=True)
        if record_id and not is_record_id(record_id):
            raise InvalidRecord("The audit log names records by their id, and this is not one.")
        with self._lock:
            head = self._mended()
            return self._add(head, what, record_id, who)

    def verify(self) -> Head:
        """Read the whole log and return its head. Raises `AuditBroken`, which says at which entry.

        A line that a crash has torn while it was written is taken out, and an entry says so.
        """
        with self._lock:
            self._mended()
            last = EMPTY
            for entry in self.entries():
                last = Head(entry.number, entry.digest)
            return last

    @property
    def head(self) -> Head:
        """How far the log goes: fit to be noted where nobody can reach both. Raises as `verify` does."""
        return self.verify()

    def entries(self) -> Iterator[AuditEntry]:
        """Yield all entries, oldest first, each checked against the one before. Raises `AuditBroken`."""
        before = EMPTY
        for line in self._folder.lines(LOG, 2 * LONGEST_LINE):
            entry = AuditEntry.from_line(line)
            if entry is None or entry.number != before.number + 1 or entry.before != before.digest:
                raise _broken(before.number + 1, "it was changed there")
            before = Head(entry.number, entry.digest)
            yield entry

    def begin_anew(self, *, who: str) -> Path | None:
        """Put a broken log aside, return the name that it has now, and begin another log.

        A person decides that.
        """
        with self._lock:
            stamp = self._clock().strftime("%Y%m%dT%H%M%S.%f")
            aside = f"{LOG}.{stamp}"
            self._folder.rename(LOG, aside)
            self._folder.rename(HEAD, f"{HEAD}.{stamp}")
            self._add(EMPTY, Act.BEGUN_ANEW, "", who)
            return self._folder.path / aside if self._folder.exists(aside) else None

    # -- the lock is held ----------------------------------------------------------------------------

    def _add(self, head: Head, what: Act, record_id: str, who: str) -> AuditEntry:
        at = settled(self._clock(), "The audit log's clock")
        entry = AuditEntry(head.number + 1, at, who, what, record_id, head.digest)
        self._folder.append(LOG, entry.line())
        self._write_head(Head(entry.number, entry.digest))
        return entry

    def _mended(self) -> Head:
        """Return the head, after what a crash may have left was put right. Raises `AuditBroken`."""
        head = self._read_head()
        size, lines = self._tail()
        torn = lines.pop() if lines and AuditEntry.from_line(lines[-1]) is None else b""
        last = AuditEntry.from_line(lines[-1]) if lines else None
        if lines and last is None:
            raise _broken(head.number, "it was changed there")
        found = Head(last.number, last.digest) if last else EMPTY
        if last is not None and found.number == head.number + 1 and last.before == head.digest:
            self._write_head(found)  # the crash came between the two files
        elif found != head:
            cut = found.number < head.number
            raise _broken(found.number, "entries are missing at its end" if cut else "it was changed there")
        if torn:
            self._folder.cut(LOG, size - len(torn))
            log.warning("the audit log's last line was torn by a crash; %d bytes taken out", len(torn))
            added = self._add(found, Act.RECOVERED, "", "oralcam")
            return Head(added.number, added.digest)
        return found

    def _tail(self) -> tuple[int, list[bytes]]:
        """Return the log's size and its last lines, the last of all perhaps torn."""
        size, data = self._folder.tail(LOG, 3 * LONGEST_LINE)
        lines = [line + b"\n" for line in data.split(b"\n")]
        lines[-1] = lines[-1][:-1]  # what stands behind the last line's end
        if len(data) < size:
            del lines[0]  # begins somewhere in the middle
        return size, [line for line in lines if line]

    def _read_head(self) -> Head:
        data = self._folder.read(HEAD)
        if data is None:
            return EMPTY
        try:
            plain = json.loads(data)
            return Head(int(plain["number"]), str(plain["digest"]))
        except (ValueError, KeyError, TypeError):
            raise _broken(0, f"{HEAD} cannot be read") from None

    def _write_head(self, head: Head) -> None:
        self._folder.write(HEAD, json.dumps(head._asdict()).encode())


def _broken(number: int, how: str) -> AuditBroken:
    return AuditBroken(
        f"The audit log is not what was written, at entry {number}: {how}. Keep the file and compare it with "
        "a copy; `oralcam record audit --begin-anew` puts it aside."
    )
