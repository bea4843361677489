"""Reasons why a place cannot be used: one class each, one sentence, what to do next."""

from __future__ import annotations

from hil_tests.errors import BenchError


class PlaceError(BenchError):
    """The bench's place on the lab cannot be used."""

    code = "place"


class LabgridMissing(PlaceError):
    """labgrid's programs are not installed."""

    code = "labgrid-missing"


class CoordinatorUnreachable(PlaceError):
    """No coordinator answers at the address."""

    code = "coordinator-unreachable"


class UnknownPlace(PlaceError):
    """The coordinator knows no such place."""

    code = "unknown-place"


class PlaceHeld(PlaceError):
    """Somebody else holds the place, or has reserved it, and did not give it back in time."""

    code = "place-held"


class ResourceMissing(PlaceError):
    """The place lacks a resource that the bench file names, or it cannot be used from here."""

    code = "resource-missing"


class PlaceLost(PlaceError):
    """The place was taken away while the tests ran: they may have shared the bench with somebody."""

    code = "place-lost"


class UnexpectedAnswer(PlaceError):
    """labgrid-client failed, or its answer cannot be read."""

    code = "labgrid-answer"
