"""The other side of a conversation, in this process: archives that behave, and some that do not."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pydicom.dataset import Dataset
from pynetdicom import evt
from pynetdicom.ae import ApplicationEntity

from oralcam.dicom.node import Node
from oralcam.dicom.uids import (
    EXPLICIT_VR,
    JPEG_BASELINE,
    PHOTOGRAPH,
    SECONDARY_CAPTURE,
    STORAGE_COMMITMENT,
    STORAGE_COMMITMENT_INSTANCE,
)

TITLE = "ARCHIVE"


@dataclass
class Archive:
    """Keeps what it is sent; `status` is what it answers, `report` what it does about storage commitment."""

    kinds: Sequence[str] = (PHOTOGRAPH, SECONDARY_CAPTURE)
    status: int = 0
    action_status: int = 0
    report: Callable[[Archive, Any, Dataset], None] | None = None
    held: list[Dataset] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def store(self, event: Any) -> Dataset:
        dataset = event.dataset
        dataset.file_meta = event.file_meta
        self.held.append(dataset)
        answer = Dataset()
        answer.Status = self.status
        answer.ErrorComment = "no room for Müller"
        return answer

    def action(self, event: Any) -> tuple[int, None]:
        if self.report is not None:
            information = event.action_information
            threading.Thread(target=self.report, args=(self, event.assoc, information), daemon=True).start()
        return self.action_status, None

    @contextmanager
    def serving(self) -> Iterator[Node]:
        entity = ApplicationEntity(TITLE)
        entity.require_called_aet = True
        for kind in self.kinds:
            entity.add_supported_context(kind, [JPEG_BASELINE, EXPLICIT_VR])
        entity.add_supported_context(STORAGE_COMMITMENT)
        handlers: Any = [
            (evt.EVT_C_STORE, self.store),
            (evt.EVT_N_ACTION, self.action),
            (evt.EVT_RELEASED, lambda event: self.ended.append("released")),
            (evt.EVT_ABORTED, lambda event: self.ended.append("aborted")),
        ]
        server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)
        assert server is not None
        try:
            yield Node("127.0.0.1", server.server_address[1], TITLE)
        finally:
            shut_down(entity)


def shut_down(entity: ApplicationEntity) -> None:
    """Without waiting for the half second that it takes."""
    threading.Thread(target=entity.shutdown, daemon=True).start()


def answer_of(information: Dataset, kept: bool = True) -> Dataset:
    """A report on all that was asked."""
    report = Dataset()
    report.TransactionUID = information.TransactionUID
    if kept:
        report.ReferencedSOPSequence = information.ReferencedSOPSequence
    else:
        report.FailedSOPSequence = information.ReferencedSOPSequence
        for item in report.FailedSOPSequence:
            item.FailureReason = 0x0112
    return report


def on_the_same_connection(archive: Archive, association: Any, information: Dataset) -> None:
    wait_until_free(association)
    association.send_n_event_report(
        answer_of(information), 1, STORAGE_COMMITMENT, STORAGE_COMMITMENT_INSTANCE
    )


def wait_until_free(association: Any) -> None:
    """Until pynetdicom has sent the answer to the request, which it does when the handler has returned."""
    end = time.monotonic() + 5
    while association._is_paused and time.monotonic() < end:
        time.sleep(0.001)


@contextmanager
def tcp_peer(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port at which `talk` has every caller to itself. Its failures end the call, as a crash would."""
    listener = socket.create_server(("127.0.0.1", 0))
    calls: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                call, _ = listener.accept()
            except OSError:
                return
            calls.append(call)
            threading.Thread(target=converse, args=(call,), daemon=True).start()

    def converse(call: socket.socket) -> None:
        try:
            talk(call)
        except OSError:
            pass
        finally:
            call.close()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)  # close alone leaves accept waiting, and the port open
        listener.close()
        for call in calls:
            call.close()


def never_answers(call: socket.socket) -> None:
    """Takes whatever comes, and is silent."""
    while call.recv(65536):
        pass


def hangs_up(call: socket.socket) -> None:
    """Reads a little, then is gone."""
    call.recv(10)
