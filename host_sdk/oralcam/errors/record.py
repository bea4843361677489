"""Errors of records: of patients, sites, visits and the record store."""

from __future__ import annotations

from oralcam.errors.base import OralcamError


class RecordError(OralcamError):
    """A record cannot be made, or something in it is not as it must be; the photo is kept."""

    code = "record"
    exit_code = 16


class InvalidPatient(RecordError):
    """A patient cannot be armed as given. The message does not repeat what was given."""

    code = "invalid-patient"


class InvalidSite(RecordError):
    """There is no such tooth, surface or area, or it is not clear which one is meant."""

    code = "invalid-site"


class InvalidRecord(RecordError):
    """Something about a photo cannot be as it was given, or its JSON is not a record of this version."""

    code = "invalid-record"


class RecordStoreError(RecordError):
    """The folder of the records cannot be read or written; its contents are as before."""

    code = "record-store"


class RecordNotFound(RecordError):
    """There is no record, or nothing in quarantine, of that id."""

    code = "record-not-found"


class AuditBroken(RecordError):
    """The audit log was changed, cut or lost."""

    code = "audit-broken"


class AlreadyRecorded(RecordError):
    """The photo is in a record or in quarantine already; it is not taken in a second time."""

    code = "already-recorded"


class VisitEnded(RecordError):
    """The visit is over: its patient is not armed any more."""

    code = "visit-ended"
