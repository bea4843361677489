"""Storage Commitment (PS3.4 annex J): an archive's promise that it keeps what it was sent."""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass

from oralcam.dicom.association import IMPLEMENTATION, IMPLEMENTATION_UID, associate
from oralcam.dicom.deadline import Deadline
from oralcam.dicom.optional import need_pynetdicom
from oralcam.dicom.uids import STORAGE_COMMITMENT, STORAGE_COMMITMENT_INSTANCE, VERIFICATION
from oralcam.errors import ArchiveRefused, ArchiveTimeout, ArchiveUnreachable, BrokenAnswer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from pydicom.dataset import Dataset
    from pynetdicom.events import Event

    from oralcam.dicom.node import Node
    from oralcam.dicom.store import Stored
    from oralcam.dicom.tls import Tls

__all__ = ["CommitmentListener", "Report", "commit"]

PATIENCE_S = 30.0
COMMIT_ACTION = 1
SUCCESS = 0x0000
KEPT_REPORTS = 1000  # for transactions nobody asks for any more

REASONS = {  # PS3.3 section C.14.1.1
    0x0110: "it could not process it",
    0x0112: "it has no such photo",
    0x0213: "it has no room",
    0x0122: "it does not support this kind of object",
    0x0119: "it knows the photo as another kind of object",
    0x0131: "the request was made twice",
}


@dataclass(frozen=True)
class Report:
    """An archive's answer: the SOP instance UIDs that it keeps, and those that it does not, each with why."""

    kept: frozenset[str]
    failed: dict[str, str]


class Reports:
    """The reports of archives, by transaction. One thread fills it, another waits for it."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._by_transaction: dict[str, Report] = {}

    def receive(self, event: Event) -> tuple[int, None]:
        """Note a report and say that it arrived: the handler of N-EVENT-REPORT."""
        try:
            transaction, report = _read(event.event_information)
        except (AttributeError, ValueError, TypeError, KeyError):
            return 0x0115, None  # invalid argument value
        with self._arrived:
            self._by_transaction[transaction] = report
            while len(self._by_transaction) > KEPT_REPORTS:
                del self._by_transaction[next(iter(self._by_transaction))]
            self._arrived.notify_all()
        return SUCCESS, None

    def wait(self, transaction: str, seconds: float) -> Report | None:
        """Wait for the report of a transaction; return None if it does not come in time."""
        with self._arrived:
            self._arrived.wait_for(lambda: transaction in self._by_transaction, seconds)
            return self._by_transaction.pop(transaction, None)


class CommitmentListener:
    """The place where archives bring a report, on a connection that they open: most do.

    Their administrator enters `station`, this machine's address and `port`. It listens on loopback unless
    told otherwise; with `tls`, only archives that show a trusted certificate are heard. Use it as a context
    manager. Raises `ArchiveUnreachable` if it cannot listen there, `ArchiveUnauthorized` for want of
    certificates.
    """

    def __init__(
        self, station: str = "ORALCAM", host: str = "127.0.0.1", port: int = 0, tls: Tls | None = None
    ) -> None:
        need_pynetdicom()
        from pynetdicom import evt
        from pynetdicom.ae import ApplicationEntity

        self.reports = Reports()
        self._entity = ApplicationEntity(ae_title=station)
        self._entity.implementation_class_uid = IMPLEMENTATION_UID
        self._entity.implementation_version_name = IMPLEMENTATION
        self._entity.require_called_aet = True
        self._entity.maximum_associations = 20
        self._entity.acse_timeout = self._entity.dimse_timeout = self._entity.network_timeout = PATIENCE_S
        self._entity.add_supported_context(VERIFICATION)
        # the archive is the provider here although it calls: roles the other way round (PS3.4 section J.3.3)
        self._entity.add_supported_context(STORAGE_COMMITMENT, scu_role=True, scp_role=True)
        secure = tls.server_context() if tls is not None else None
        try:
            server = self._entity.start_server(
                (host, port),
                block=False,
                evt_handlers=[(evt.EVT_N_EVENT_REPORT, self.reports.receive)],
                ssl_context=secure,
            )
        except OSError as error:
            raise ArchiveUnreachable(
                f"This station cannot listen at {host}:{port} for an archive's reports ({error.strerror}): "
                "another program does, or the address is not its own."
            ) from error
        assert server is not None  # block=False
        self.address = (str(server.server_address[0]), int(server.server_address[1]))

    @property
    def port(self) -> int:
        """The port that archives call; the operating system chose it if it was given as 0."""
        return self.address[1]

    def __enter__(self) -> CommitmentListener:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening. Harmless when repeated."""
        self._entity.shutdown()


def commit(
    node: Node,
    stored: Iterable[Stored],
    listener: CommitmentListener | None = None,
    deadline_s: float = PATIENCE_S,
    clock: Callable[[], float] = time.monotonic,
) -> Report:
    """Ask an archive to promise that it keeps these photos, and return its report.

    The report may come on the same connection, or on one that the archive opens to `listener`. Without a
    listener only the same connection is waited on.

    Raises `ArchiveError` as `store` does: `ArchiveTimeout` if the report does not come; ask again later. A
    report that some photos are *not* kept is no error: see `Report.failed`, and send those again.
    """
    need_pynetdicom()
    from pynetdicom import evt
    from pynetdicom.presentation import build_context

    wanted = list(stored)
    if not wanted:
        return Report(frozenset(), {})
    reports = listener.reports if listener is not None else Reports()
    transaction = f"2.25.{uuid.uuid4().int}"
    deadline = Deadline(deadline_s, clock)
    contexts = [build_context(STORAGE_COMMITMENT)]
    with associate(node, contexts, deadline, [(evt.EVT_N_EVENT_REPORT, reports.receive)]) as conversation:
        try:
            answer, _ = conversation.association.send_n_action(
                _request(transaction, wanted), COMMIT_ACTION, STORAGE_COMMITMENT, STORAGE_COMMITMENT_INSTANCE
            )
        except (RuntimeError, ValueError) as error:
            raise conversation.failure("taking a request for commitment") from error
        if "Status" not in answer:
            raise conversation.failure("taking a request for commitment")
        if int(answer.Status) != SUCCESS:
            raise ArchiveRefused(
                f"{node} refuses storage commitment (status 0x{int(answer.Status):04X}); its log says why."
            )
        # one that is going to call back often waits until this conversation is over
        patience = deadline.remaining if listener is None else min(_SAME_CONNECTION_S, deadline.remaining)
        report = reports.wait(transaction, patience)
    if report is None and listener is not None:
        report = reports.wait(transaction, deadline.remaining)
    if report is None:
        raise ArchiveTimeout(
            f"{node} did not report on storage commitment within {deadline_s:g} s: check that it knows where "
            f"{node.station} listens; it is asked again later."
        )
    return _about(wanted, report, node)


_SAME_CONNECTION_S = 0.5


def _request(transaction: str, wanted: Iterable[Stored]) -> Dataset:
    from pydicom.dataset import Dataset

    request = Dataset()
    request.TransactionUID = transaction
    references = []
    for item in wanted:
        reference = Dataset()
        reference.ReferencedSOPClassUID = item.sop_class_uid
        reference.ReferencedSOPInstanceUID = item.sop_instance_uid
        references.append(reference)
    request.ReferencedSOPSequence = references
    return request


def _read(information: Dataset) -> tuple[str, Report]:
    kept = frozenset(
        str(item.ReferencedSOPInstanceUID) for item in information.get("ReferencedSOPSequence") or []
    )
    failed = {
        str(item.ReferencedSOPInstanceUID): _reason(item.get("FailureReason"))
        for item in information.get("FailedSOPSequence") or []
    }
    return str(information.TransactionUID), Report(kept - failed.keys(), failed)


def _reason(number: int | None) -> str:
    if number is None:
        return "it does not say why"
    return REASONS.get(number, f"reason 0x{number:04X}")


def _about(wanted: Iterable[Stored], report: Report, node: Node) -> Report:
    """Return the report on what was asked. Nothing else counts, and all of it must be answered."""
    asked = {item.sop_instance_uid for item in wanted}
    if not asked <= report.kept | report.failed.keys():
        raise BrokenAnswer(f"{node} reported on some of the photos only; it is asked again later.")
    return Report(report.kept & asked, {uid: why for uid, why in report.failed.items() if uid in asked})
