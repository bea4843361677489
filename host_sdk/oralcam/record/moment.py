"""Moments with an offset from UTC. One without is a guess, and the record takes none."""

from __future__ import annotations

from datetime import datetime, timezone


def now() -> datetime:
    """This moment in local time, with its offset."""
    return datetime.now(timezone.utc).astimezone()


def is_aware(moment: object) -> bool:
    """Is it a `datetime` that says its offset from UTC?"""
    return isinstance(moment, datetime) and moment.utcoffset() is not None
