"""Where camera and rig are, if the description leaves that to somebody else: a place on another machine.

`[labgrid]` in a description names one; hil_tests/labgrid acquires it, and tells its ports, before the bench
opens anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

LABGRID_KEYS = ("coordinator", "place")


class Place(Protocol):
    """Ours until `release`."""

    @property
    def ports(self) -> Mapping[str, str]:
        """The port of "camera", and of "rig" if it has one, as this machine can open them."""

    def release(self) -> None:
        """Give it back."""


@contextmanager
def own_place() -> Iterator[Mapping[str, str]]:
    """The bench is at this machine: the description says itself where things are."""
    yield {}
