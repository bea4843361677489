"""The patient of `oralcam visit`: from a worklist, from a file, never from words on the command line."""

from __future__ import annotations

import sys

from oralcam.cli.patient_file import read_patient
from oralcam.cli.terminal import aside
from oralcam.errors import UsageError
from oralcam.record.timestamps import now

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from oralcam.dicom.node import Node
    from oralcam.record import Order, PatientContext
    from oralcam.sources.worklist_entry import WorklistEntry


def chosen_patient(arguments: Namespace) -> tuple[PatientContext, Order | None]:
    """Return the patient and the order. Raises `InvalidPatient`, `ArchiveError`, `UsageError`."""
    if (arguments.patient is None) == (arguments.worklist is None):
        raise UsageError("Say whose photos these will be: --patient FILE or --worklist HOST:PORT/TITLE.")
    if arguments.patient is not None:
        return read_patient(arguments.patient), None
    entry = _from_worklist(_node(arguments.worklist, arguments.station), arguments.accession)
    return entry.patient.armed_again(now()), entry.order


def _node(place: str, station: str) -> Node:
    from oralcam.dicom.node import Node

    address, _, title = place.partition("/")
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or not title:
        raise UsageError("A worklist is named like 192.168.7.2:104/WORKLIST.")
    try:
        return Node(host, int(port), title, station)
    except ValueError as error:
        raise UsageError(f"{error}.") from error


def _from_worklist(node: Node, accession: str | None) -> WorklistEntry:
    from oralcam.sources.worklist import worklist

    answer = worklist(node)
    for sentence in answer.skipped:
        aside(sentence)
    entries = [entry for entry in answer.entries if accession in (None, entry.order.accession_number)]
    if len(entries) == 1:
        return entries[0]
    if not entries:
        raise UsageError(f"{node} expects nobody{' of that accession number' if accession else ''} today.")
    return _asked_for(entries)


def _asked_for(entries: list[WorklistEntry]) -> WorklistEntry:
    """Ask the person to pick an entry."""
    if not sys.stdin.isatty():
        raise UsageError(f"The worklist expects {len(entries)} patients: pick one with --accession.")
    for number, entry in enumerate(entries, 1):
        aside(f"{number:>3}  {entry.patient.label}  {entry.order.description}")
    aside("Which one? Type its number.")
    answer = sys.stdin.readline().strip()
    if not answer.isdigit() or not 1 <= int(answer) <= len(entries):
        raise UsageError("That is none of them; nobody is armed.")
    return entries[int(answer) - 1]
