"""DICOMweb: STOW-RS gives a photo to an archive over HTTP, QIDO-RS asks whether it is there."""

from __future__ import annotations

import json
import uuid

from oralcam.dicom.deadline import Deadline
from oralcam.dicom.http import Answer, ask
from oralcam.dicom.store import Stored
from oralcam.dicom.web_archive import Login as Login
from oralcam.dicom.web_archive import Token as Token
from oralcam.dicom.web_archive import WebArchive as WebArchive
from oralcam.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveRefused,
    ArchiveUnauthorized,
    BrokenAnswer,
    NotCommitted,
    WrongStudy,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from oralcam.dicom.photo import DicomPhoto
    from oralcam.dicom.uids import PhotoUids

__all__ = ["Login", "Token", "WebArchive", "confirm", "stow"]

PATIENCE_S = 30.0
JSON = "application/dicom+json"

# DICOM JSON (PS3.18 annex F) names attributes by tag
SOP_CLASS, SOP_INSTANCE = "00080016", "00080018"
STUDY, SERIES = "0020000D", "0020000E"
REFERENCED_INSTANCE = "00081155"
STORED, FAILED, REASON, WARNING = "00081199", "00081198", "00081197", "00081196"


def stow(archive: WebArchive, photo: DicomPhoto, deadline_s: float = PATIENCE_S) -> Stored:
    """Give the archive one photo, under its study. Being stored is not yet being confirmed: see `confirm`.

    Raises `ArchiveError` as `oralcam.dicom.store.store` does, and `WrongStudy` (409) if the archive finds
    that the photo is of another study than the one it was offered for.
    """
    boundary = uuid.uuid4().hex
    head = f"--{boundary}\r\nContent-Type: application/dicom\r\n\r\n".encode()
    body = b"".join((head, photo.to_bytes(), f"\r\n--{boundary}--\r\n".encode()))
    answer = ask(
        archive,
        "POST",
        f"/studies/{photo.study_uid}",
        Deadline(deadline_s),
        body,
        {"Content-Type": f'multipart/related; type="application/dicom"; boundary={boundary}', "Accept": JSON},
    )
    uid = photo.sop_instance_uid
    told = _document(archive, answer) if answer.body and answer.status in (200, 202, 409) else None
    failures = _references(told, FAILED)
    if uid in failures:
        raise _refusal(archive, failures[uid], answer.status)
    if answer.status not in (200, 202):
        raise _trouble(archive, answer)
    stored = _references(told, STORED)
    if uid not in stored:
        raise BrokenAnswer(f"{archive} does not say that it stored the photo; it is asked again later.")
    warning = stored[uid]
    notice = f"The archive stored the photo with a warning (0x{warning:04X})." if warning else ""
    return Stored(photo.sop_class_uid, uid, notice=notice)


def confirm(archive: WebArchive, photo: PhotoUids, deadline_s: float = PATIENCE_S) -> None:
    """Ask whether the archive holds the photo, where it belongs; return if it does.

    Raises `NotCommitted` if it does not (send it again), `WrongStudy` if it names another study or series,
    and `ArchiveError` as `stow` does.
    """
    series = f"/studies/{photo.study_uid}/series/{photo.series_uid}"
    path = f"{series}/instances?{SOP_INSTANCE}={photo.sop_instance_uid}"
    answer = ask(archive, "GET", path, Deadline(deadline_s), headers={"Accept": JSON})
    if answer.status in (204, 404):
        raise NotCommitted(f"{archive} does not hold the photo; it is sent again.")
    if answer.status != 200:
        raise _trouble(archive, answer)
    found = _document(archive, answer)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise BrokenAnswer(f"{archive} answers with something that is not DICOM JSON; check the address.")
    ours = [item for item in found if _value(item, SOP_INSTANCE) == photo.sop_instance_uid]
    if not ours:
        raise NotCommitted(f"{archive} does not hold the photo; it is sent again.")
    for tag, expected in (
        (STUDY, photo.study_uid),
        (SERIES, photo.series_uid),
        (SOP_CLASS, photo.sop_class_uid),
    ):
        told = _value(ours[0], tag)
        if told is not None and told != expected:
            raise WrongStudy(f"{archive} holds the photo in another study or series; ask its administrator.")


def _trouble(archive: WebArchive, answer: Answer) -> ArchiveError:
    """Return an HTTP status as an error. The body may quote a patient, so it is not repeated."""
    status = answer.status
    if status in (401, 403):
        return ArchiveUnauthorized(
            f"{archive} wants other credentials (HTTP {status}): store its user and password, or its token, "
            "in the keyring or the environment."
        )
    if status == 409:
        return WrongStudy(
            f"{archive} says that the photo belongs to another study (HTTP 409); check its record."
        )
    if status in (408, 425, 429) or status >= 500:
        return ArchiveBusy(
            f"{archive} cannot take a photo at the moment (HTTP {status}); it is tried again later."
        )
    if 300 <= status < 400:
        return ArchiveRefused(
            f"{archive} points to another address (HTTP {status}); enter that one in the settings."
        )
    if status in (404, 405):
        return ArchiveRefused(
            f"There is no DICOMweb service at {archive} (HTTP {status}); check the address."
        )
    if 200 <= status < 300:
        return BrokenAnswer(
            f"{archive} gives an answer that fits no question (HTTP {status}); check the address."
        )
    return ArchiveRefused(f"{archive} refuses the photo (HTTP {status}); its log says why.")


def _refusal(archive: WebArchive, reason: int, status: int) -> ArchiveError:
    """Return a failure reason of PS3.18 section I.2.2 (and PS3.7 annex C) as an error."""
    number = f"reason 0x{reason:04X}, HTTP {status}"
    if 0xA700 <= reason <= 0xA7FF or reason in (0x0110, 0x0213):
        # Orthanc answers "processing failure" for a photo of another study than the address names
        if reason == 0x0110 and status == 409:
            return WrongStudy(
                f"{archive} could not put the photo into its study ({number}); check its record."
            )
        return ArchiveBusy(
            f"{archive} has no room for a photo at the moment ({number}); it is tried again later."
        )
    if reason == 0x0124:
        return ArchiveUnauthorized(f"{archive} does not let this station store photos ({number}).")
    if 0xA900 <= reason <= 0xA9FF:
        return WrongStudy(
            f"{archive} says that the photo does not fit its study ({number}); check its record."
        )
    return ArchiveRefused(f"{archive} refuses the photo ({number}); its log says why.")


def _document(archive: WebArchive, answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise BrokenAnswer(
            f"{archive} answers with something that is not DICOM JSON; check the address."
        ) from error


def _references(told: Any, tag: str) -> dict[str, int]:
    """Return the SOP instance UIDs listed under `tag`, each with its reason or warning (0 without one)."""
    documents = told if isinstance(told, list) else [told]
    found = {}
    for document in documents:
        sequence = document.get(tag, {}) if isinstance(document, dict) else {}
        for item in sequence.get("Value", []) if isinstance(sequence, dict) else []:
            uid = _value(item, REFERENCED_INSTANCE)
            number = _value(item, REASON if tag == FAILED else WARNING)
            if isinstance(uid, str):
                found[uid] = number if isinstance(number, int) else 0
    return found


def _value(item: Any, tag: str) -> Any:
    """Return the first value of an attribute; None if it is not there."""
    values = item.get(tag, {}) if isinstance(item, dict) else {}
    listed = values.get("Value") if isinstance(values, dict) else None
    return listed[0] if isinstance(listed, list) and listed else None
