"""Errors of DICOM objects and of the archives that they are sent to."""

from __future__ import annotations

from oralcam.errors.base import OralcamError
from oralcam.errors.record import RecordError


class DicomError(RecordError):
    """A record and its JPEG cannot be made into a DICOM object; both are kept as they are."""

    code = "dicom"
    exit_code = 19


class IncompleteDicom(DicomError):
    """A DICOM object lacks what its standard demands, and was not sent; `findings` says what."""

    code = "incomplete-dicom"

    def __init__(self, message: str, findings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class ArchiveError(OralcamError):
    """An archive did not take or confirm a photo, or a worklist did not answer; the photo is kept.

    `permanent` says that trying again cannot help until somebody changes something.
    """

    code = "archive"
    exit_code = 20
    permanent = False


class ArchiveUnreachable(ArchiveError):
    """No archive answers at the address."""

    code = "archive-unreachable"


class ArchiveTimeout(ArchiveError):
    """The archive answered too slowly, or not to the end."""

    code = "archive-timeout"


class ArchiveBusy(ArchiveError):
    """The archive cannot take a photo at the moment."""

    code = "archive-busy"


class BrokenAnswer(ArchiveError):
    """The archive's answer broke off, or is not what its protocol says."""

    code = "broken-answer"


class ArchiveRefused(ArchiveError):
    """The archive will not take this photo, or not from this station."""

    code = "archive-refused"
    permanent = True


class ArchiveUnauthorized(ArchiveRefused):
    """The archive wants other credentials, or does not trust this station, or is not trusted itself."""

    code = "archive-unauthorized"


class WrongStudy(ArchiveRefused):
    """The archive was offered, or answers for, another study than the photo's."""

    code = "wrong-study"


class NotCommitted(ArchiveError):
    """The archive says that it does not keep a photo which it was sent: it is to be sent again."""

    code = "not-committed"
