"""Patients from a DICOM Modality Worklist (PS3.4 annex K): who is expected at this chair, and for what."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date, datetime

from oralcam.dicom.association import associate
from oralcam.dicom.deadline import Deadline
from oralcam.dicom.optional import need_pynetdicom
from oralcam.dicom.uids import WORKLIST_FIND
from oralcam.errors import ArchiveBusy, ArchiveRefused, ArchiveUnauthorized
from oralcam.record.timestamps import now
from oralcam.sources.worklist_entry import WorklistEntry, entry_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydicom.dataset import Dataset

    from oralcam.dicom.association import Conversation
    from oralcam.dicom.node import Node

__all__ = ["Worklist", "worklist"]

PATIENCE_S = 15.0
MOST = 500  # a practice sees fewer in a day; a server without filters sends its whole past
PENDING = (0xFF00, 0xFF01)
SUCCESS, CANCELLED = 0x0000, 0xFE00
MESSAGE_ID = 1

ASKED = (
    "PatientName",
    "PatientID",
    "IssuerOfPatientID",
    "PatientBirthDate",
    "PatientSex",
    "AccessionNumber",
    "ReferringPhysicianName",
    "RequestedProcedureID",
    "RequestedProcedureDescription",
    "StudyInstanceUID",
)
STEP_ASKED = (
    "ScheduledStationAETitle",
    "Modality",
    "ScheduledProcedureStepStartDate",
    "ScheduledProcedureStepStartTime",
    "ScheduledProcedureStepDescription",
    "ScheduledProcedureStepID",
)


@dataclass(frozen=True)
class Worklist:
    """The entries of a worklist in the order of their time.

    `complete` is False if there are more, or if the query was cancelled. `skipped` holds a sentence for each
    answer that is of no use, without anything about the patient.
    """

    entries: tuple[WorklistEntry, ...]
    complete: bool
    skipped: tuple[str, ...]


def worklist(
    node: Node,
    *,
    station: str | None = None,
    modality: str = "",
    day: date | tuple[date, date] | None = None,
    patient_id: str = "",
    issuer: str = "",
    most: int = MOST,
    deadline_s: float = PATIENCE_S,
    cancel: threading.Event | None = None,
    clock: Callable[[], datetime] = now,
) -> Worklist:
    """Ask a worklist who is expected.

    `station` is the AE title that the step is scheduled for: None means `node.station`, "" any. `modality` is
    "XC" where the practice schedules photographs as such, "" for any; `day` a date, a first and a last one,
    or None for today. `issuer` names the issuer of the ids, for servers that do not say; without it the
    server's AE title stands for it. At `most` entries, or when `cancel` is set, the server is told to stop.

    Being listed arms nobody for long: see `PatientContext.armed_again`.

    Raises `ArchiveError`: unreachable, timeout, broken answer, busy, refused.
    """
    need_pynetdicom()
    from pynetdicom.presentation import build_context

    if most < 1:
        raise ValueError("most must be 1 or more")
    moment = clock()
    first, last = (
        (moment.date(), moment.date()) if day is None else day if isinstance(day, tuple) else (day, day)
    )
    question = _question(node.station if station is None else station, modality, first, last, patient_id)
    entries: list[WorklistEntry] = []
    skipped: list[str] = []
    complete = True
    with associate(node, [build_context(WORKLIST_FIND)], Deadline(deadline_s)) as conversation:
        answers = conversation.association.send_c_find(question, WORKLIST_FIND, MESSAGE_ID)
        with _Stopper(conversation, cancel) as stopper:
            for identifier in _identifiers(answers, conversation):
                if stopper.stopped or len(entries) + len(skipped) >= most:
                    complete = False
                    stopper.stop()
                    continue  # what was under way already
                entry = entry_of(identifier, issuer or node.title, moment)
                if isinstance(entry, WorklistEntry):
                    entries.append(entry)
                else:
                    skipped.append(entry)
        complete = complete and not stopper.stopped
    entries.sort(key=lambda entry: (entry.scheduled_at or datetime.max, entry.patient.patient_id))
    return Worklist(tuple(entries), complete, tuple(skipped))


def _question(station: str, modality: str, first: date, last: date, patient_id: str) -> Dataset:
    from pydicom.dataset import Dataset

    from oralcam.dicom.elements import put

    step = Dataset()
    for keyword in STEP_ASKED:
        put(step, keyword, "")
    put(step, "ScheduledStationAETitle", station)
    put(step, "Modality", modality)
    days = f"{first:%Y%m%d}" if first == last else f"{first:%Y%m%d}-{last:%Y%m%d}"
    put(step, "ScheduledProcedureStepStartDate", days)
    question = Dataset()
    put(question, "SpecificCharacterSet", "ISO_IR 192")
    for keyword in ASKED:
        put(question, keyword, "")
    put(question, "PatientID", patient_id)
    put(question, "ScheduledProcedureStepSequence", [step])
    return question


def _identifiers(
    answers: Iterator[tuple[Dataset, Dataset | None]], conversation: Conversation
) -> Iterator[Dataset | None]:
    """Yield what was found, one by one. Raise unless the server says that it came to its end."""
    for answer, identifier in answers:
        if "Status" not in answer:
            break
        status = int(answer.Status)
        if status in PENDING:
            yield identifier
            continue
        if status in (SUCCESS, CANCELLED):
            return
        told = f"(status 0x{status:04X})"
        if 0xA700 <= status <= 0xA7FF:
            raise ArchiveBusy(f"{conversation.node} has no time for a worklist {told}; ask again in a while.")
        if status == 0x0124:
            raise ArchiveUnauthorized(
                f"{conversation.node} shows this station no worklist {told}; ask who runs it."
            )
        raise ArchiveRefused(f"{conversation.node} cannot answer for its worklist {told}; its log says why.")
    raise conversation.failure("a worklist")


class _Stopper:
    """The stop of a query, once: when there is enough, or when `cancel` is set while we wait."""

    def __init__(self, conversation: Conversation, cancel: threading.Event | None) -> None:
        self._conversation = conversation
        self._cancel = cancel
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._watch, daemon=True) if cancel is not None else None
        self.stopped = False

    def stop(self) -> None:
        """Send C-CANCEL."""
        with self._lock:
            if self.stopped or not self._conversation.association.is_established:
                return
            self.stopped = True
            context = self._conversation.association.accepted_contexts[0].context_id
            self._conversation.association.send_c_cancel(MESSAGE_ID, context)

    def _watch(self) -> None:
        assert self._cancel is not None
        while not self._done.is_set():
            if self._cancel.wait(0.05):
                return self.stop()
        return None

    def __enter__(self) -> _Stopper:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()
