"""Errors of the command line itself; no program gets them."""

from __future__ import annotations

from oralcam.errors.base import OralcamError


class UsageError(OralcamError):
    """The command line cannot be understood."""

    code = "usage"
    exit_code = 2


class NotConfirmed(OralcamError):
    """Not every sink holds every photo yet; `oralcam outbox status` tells."""

    code = "not-confirmed"


class PressesMissing(OralcamError):
    """Fewer presses than --count came in time."""

    code = "presses-missing"


class DeliveriesWaiting(OralcamError):
    """Some photos are not confirmed; they stay in the outbox."""

    code = "deliveries-waiting"
