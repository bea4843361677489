"""Errors of sinks and of the outbox that feeds them."""

from __future__ import annotations

from oralcam.errors.record import RecordError


class SinkError(RecordError):
    """A photo could not be brought where it belongs; it is kept, and `oralcam outbox` shows it."""

    code = "sink"
    exit_code = 18


class SinkUnavailable(SinkError):
    """The sink cannot take a photo now: it does not answer, or is busy. It is tried again by itself."""

    code = "sink-unavailable"


class SinkLost(SinkUnavailable):
    """The sink does not hold what it took: the photo is sent again."""

    code = "sink-lost"


class SinkUnproven(SinkUnavailable):
    """The sink took the photo, and does not say (yet) that it holds it: it is asked again later."""

    code = "sink-unproven"


class SinkRefused(SinkError):
    """The sink answered no, and would answer no again. A person has to look."""

    code = "sink-refused"


class InvalidSinks(SinkError):
    """`sinks.toml` is not as it must be."""

    code = "invalid-sinks"


class MissingCredentials(SinkError):
    """A sink needs a password, and none is known for it."""

    code = "missing-credentials"


class OutboxError(SinkError):
    """The outbox's own file cannot be used; the photos are kept where they are."""

    code = "outbox"
