"""A conversation with a DICOM service: it is opened, used, and closed before a deadline, come what may."""

from __future__ import annotations

import socket
from contextlib import contextmanager

from oralcam.dicom.deadline import Scissors
from oralcam.dicom.optional import need_pynetdicom
from oralcam.errors import (
    ArchiveBusy,
    ArchiveRefused,
    ArchiveTimeout,
    ArchiveUnauthorized,
    ArchiveUnreachable,
    BrokenAnswer,
)
from oralcam.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pynetdicom.association import Association
    from pynetdicom.presentation import PresentationContext

    from oralcam.dicom.deadline import Deadline
    from oralcam.dicom.node import Node

# From a UUID, as PS3.5 annex B.2 allows: names this implementation in associations and files
IMPLEMENTATION_UID = "2.25.8464446312216307176585769107990262273"
IMPLEMENTATION = f"ORALCAM_{__version__}"[:16]
GOODBYE_S = 2.0  # for the other side to agree that the conversation is over
CONNECT_S = 10.0
LEAST_S = 0.05  # pynetdicom takes no timeout of zero


class Conversation:
    """An open association, and what is known of its end. Made by `associate`."""

    def __init__(self, association: Association, node: Node, deadline: Deadline) -> None:
        self.association = association
        self.node = node
        self.deadline = deadline
        self.scissors = Scissors(deadline, self._socket)

    def accepts(self, sop_class: str, transfer_syntax: str | None = None) -> bool:
        """Tell whether the other side takes this kind of object (in this transfer syntax)."""
        return any(
            context.abstract_syntax == sop_class
            and (transfer_syntax is None or transfer_syntax in context.transfer_syntax)
            for context in self.association.accepted_contexts
        )

    def failure(self, doing: str) -> ArchiveTimeout | BrokenAnswer:
        """Return the error that says why there was no answer."""
        if self.scissors.cut or self.deadline.remaining < LEAST_S:
            return ArchiveTimeout(
                f"{self.node} did not finish {doing} within {self.deadline.seconds:g} s; "
                "it is tried again later."
            )
        return BrokenAnswer(
            f"{self.node} broke off while {doing}; it is tried again later, and its log may say why."
        )

    def finish(self) -> None:
        """Release the association, or hang up."""
        # pynetdicom would wait for as long as the association was allowed to
        self.association.acse_timeout = max(LEAST_S, min(GOODBYE_S, self.deadline.remaining))
        if self.association.is_established:
            self.association.release()

    def abort(self) -> None:
        """Hang up without releasing the association."""
        if self.association.is_established:
            self.association.abort()

    def _socket(self) -> socket.socket | None:
        wrapped = self.association.dul.socket
        return wrapped.socket if wrapped is not None else None


@contextmanager
def associate(
    node: Node,
    contexts: Sequence[PresentationContext],
    deadline: Deadline,
    handlers: Sequence[tuple[Any, ...]] = (),
) -> Iterator[Conversation]:
    """Open an association, and close it at the end of the block: released, or aborted if an exception passes.

    Raises `ArchiveUnreachable`, `ArchiveRefused`, `ArchiveUnauthorized`, `ArchiveTimeout`; at the deadline
    the connection is cut, and what waits inside the block gets no answer.
    """
    need_pynetdicom()
    from pynetdicom.ae import ApplicationEntity

    entity = ApplicationEntity(ae_title=node.station)
    entity.implementation_class_uid = IMPLEMENTATION_UID
    entity.implementation_version_name = IMPLEMENTATION
    remaining = max(LEAST_S, deadline.remaining)
    entity.connection_timeout = min(CONNECT_S, remaining)
    entity.acse_timeout = entity.dimse_timeout = remaining
    entity.network_timeout = remaining + 1  # ours cuts first
    tls = None
    if node.tls is not None:
        tls = (node.tls.context(), node.tls.server_name or node.host)
    try:
        association = entity.associate(
            node.host,
            node.port,
            contexts=list(contexts),
            ae_title=node.title,
            evt_handlers=list(handlers),
            tls_args=tls,
        )
    except (OSError, RuntimeError) as error:
        raise ArchiveUnreachable(
            f"{node} cannot be reached: check host, port and network; it is tried again later."
        ) from error
    if not association.is_established:
        raise _why_not(association, node, deadline)
    conversation = Conversation(association, node, deadline)
    with conversation.scissors:
        try:
            yield conversation
        except BaseException:
            conversation.abort()
            raise
        conversation.finish()


def _why_not(association: Association, node: Node, deadline: Deadline) -> Exception:
    if association.is_rejected:
        answer = association.acceptor.primitive
        reason = getattr(answer, "reason_str", "") if answer is not None else ""
        if "busy" in reason or "congestion" in reason or "limit" in reason:
            return ArchiveBusy(f"{node} has no time for another conversation; it is tried again later.")
        return ArchiveRefused(
            f"{node} refuses conversations with {node.station} ({reason.lower() or 'no reason given'}): "
            "check both AE titles, and that the archive knows this station."
        )
    if association.accepted_contexts == [] and association.rejected_contexts:
        return ArchiveRefused(f"{node} takes none of what this station offers; ask its administrator.")
    if not _listens(node, deadline):
        return ArchiveUnreachable(
            f"{node} cannot be reached: check host, port and network; it is tried again later."
        )
    if deadline.remaining < LEAST_S:
        return ArchiveTimeout(
            f"{node} did not answer within {deadline.seconds:g} s; it is tried again later."
        )
    if node.tls is not None:
        return ArchiveUnauthorized(
            f"{node} and this station do not agree on TLS: check the certificates on both sides."
        )
    return BrokenAnswer(f"What answers as {node} does not speak DICOM, or wants TLS: check the port.")


def _listens(node: Node, deadline: Deadline) -> bool:
    """Tell whether anything answers at that address. It is asked only after a failure, to say which."""
    try:
        with socket.create_connection(
            (node.host, node.port), timeout=max(LEAST_S, min(2.0, deadline.remaining))
        ):
            return True
    except OSError:
        return False
