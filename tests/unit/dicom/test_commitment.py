"""Storage Commitment: on the same connection, on one that the archive opens, and not at all."""

from __future__ import annotations

from typing import Any

import pytest
from pydicom.dataset import Dataset
from pynetdicom.ae import ApplicationEntity
from pynetdicom.pdu_primitives import SCP_SCU_RoleSelectionNegotiation

from oralcam.dicom.commitment import CommitmentListener, Report, commit
from oralcam.dicom.node import Node
from oralcam.dicom.store import Stored
from oralcam.dicom.tls import Tls
from oralcam.dicom.uids import PHOTOGRAPH, STORAGE_COMMITMENT, STORAGE_COMMITMENT_INSTANCE
from oralcam.errors import (
    ArchiveRefused,
    ArchiveTimeout,
    ArchiveUnauthorized,
    ArchiveUnreachable,
    BrokenAnswer,
)
from tests.unit.dicom.peers import Archive, answer_of, never_answers, on_the_same_connection, tcp_peer

ONE, TWO = Stored(PHOTOGRAPH, "2.25.1"), Stored(PHOTOGRAPH, "2.25.2")


def calling_back(port: int, kept: bool = True, roles: bool = True) -> Any:
    def report(archive: Archive, association: Any, information: Dataset) -> None:
        entity = ApplicationEntity("ARCHIVE")
        entity.add_requested_context(STORAGE_COMMITMENT)
        role = SCP_SCU_RoleSelectionNegotiation()
        role.sop_class_uid, role.scu_role, role.scp_role = STORAGE_COMMITMENT, False, True
        call = entity.associate("127.0.0.1", port, ae_title="ORALCAM", ext_neg=[role] if roles else None)
        assert call.is_established
        call.send_n_event_report(
            answer_of(information, kept), 1 if kept else 2, STORAGE_COMMITMENT, STORAGE_COMMITMENT_INSTANCE
        )
        call.release()

    return report


def test_a_report_on_the_same_connection_confirms() -> None:
    with Archive(report=on_the_same_connection).serving() as node:
        assert commit(node, [ONE, TWO]) == Report(frozenset({"2.25.1", "2.25.2"}), {})


@pytest.mark.parametrize("roles", [True, False])
def test_a_report_on_a_connection_of_the_archives_confirms(roles: bool) -> None:
    with (
        CommitmentListener() as listener,
        Archive(report=calling_back(listener.port, roles=roles)).serving() as node,
    ):
        assert commit(node, [ONE], listener).kept == {"2.25.1"}


def test_what_the_archive_does_not_keep_is_told_with_the_reason() -> None:
    with (
        CommitmentListener() as listener,
        Archive(report=calling_back(listener.port, kept=False)).serving() as node,
    ):
        assert commit(node, [ONE], listener) == Report(frozenset(), {"2.25.1": "it has no such photo"})


def test_an_archive_that_never_reports_is_asked_again_later() -> None:
    with (
        CommitmentListener() as listener,
        Archive().serving() as node,
        pytest.raises(ArchiveTimeout) as caught,
    ):
        commit(node, [ONE], listener, deadline_s=0.8)
    assert not caught.value.permanent
    assert "check that it knows where ORALCAM listens" in str(caught.value)


def test_a_report_on_another_transaction_confirms_nothing() -> None:
    def stranger(archive: Archive, association: Any, information: Dataset) -> None:
        information.TransactionUID = "2.25.99"
        on_the_same_connection(archive, association, information)

    with Archive(report=stranger).serving() as node, pytest.raises(ArchiveTimeout):
        commit(node, [ONE], deadline_s=0.8)


def test_a_report_on_some_of_the_photos_is_no_answer() -> None:
    def half(archive: Archive, association: Any, information: Dataset) -> None:
        del information.ReferencedSOPSequence[1]
        on_the_same_connection(archive, association, information)

    with Archive(report=half).serving() as node, pytest.raises(BrokenAnswer, match="some of the photos only"):
        commit(node, [ONE, TWO])


def test_photos_that_were_not_asked_for_are_not_confirmed() -> None:
    def generous(archive: Archive, association: Any, information: Dataset) -> None:
        more = Dataset()
        more.ReferencedSOPClassUID, more.ReferencedSOPInstanceUID = PHOTOGRAPH, "2.25.77"
        information.ReferencedSOPSequence.append(more)
        on_the_same_connection(archive, association, information)

    with Archive(report=generous).serving() as node:
        assert commit(node, [ONE]).kept == {"2.25.1"}


def test_an_archive_that_refuses_commitment_says_so() -> None:
    with Archive(action_status=0x0110).serving() as node, pytest.raises(ArchiveRefused, match="0x0110"):
        commit(node, [ONE])


def test_no_photos_are_committed_without_a_question() -> None:
    with tcp_peer(never_answers) as port:
        assert commit(Node("127.0.0.1", port, "ARCHIVE"), []) == Report(frozenset(), {})


def test_nobody_at_the_address() -> None:
    with tcp_peer(never_answers) as port:
        pass
    with pytest.raises(ArchiveUnreachable):
        commit(Node("127.0.0.1", port, "ARCHIVE"), [ONE])


def test_a_port_that_is_taken_is_said() -> None:
    with (
        tcp_peer(never_answers) as port,
        pytest.raises(ArchiveUnreachable, match=f"cannot listen at .*:{port}"),
    ):
        CommitmentListener(port=port)


def test_over_tls_it_wants_a_certificate_of_its_own() -> None:
    with pytest.raises(ArchiveUnauthorized, match="wants this station's certificate"):
        CommitmentListener(tls=Tls())


def test_the_listener_stays_on_loopback_and_knows_its_name() -> None:
    with CommitmentListener(station="CHAIR3") as listener:
        entity = ApplicationEntity("ANYBODY")
        entity.add_requested_context(STORAGE_COMMITMENT)
        assert listener.address == ("127.0.0.1", listener.port)
        assert entity.associate("127.0.0.1", listener.port, ae_title="CHAIR4").is_rejected
