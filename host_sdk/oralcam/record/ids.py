"""New record ids and DICOM UIDs. Tests bring a source of their own."""

from __future__ import annotations

import re
import uuid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class IdSource(Protocol):
        """A source of new ids; none may come twice."""

        def uuid(self) -> uuid.UUID:
            """Return a UUID that never came before."""
            ...


class RandomIds:
    """UUIDs of version 4: they are random, so no two programs need to agree on anything."""

    def uuid(self) -> uuid.UUID:
        """Return a new random UUID."""
        return uuid.uuid4()


def new_record_id(ids: IdSource) -> str:
    """Return a new record id: a UUID in its usual writing, which is fit to be a file's name."""
    return str(ids.uuid())


def new_uid(ids: IdSource) -> str:
    """Return a new DICOM UID under the root for UUIDs (DICOM PS3.5, B.2)."""
    return f"2.25.{ids.uuid().int}"


def is_record_id(text: object) -> bool:
    """Tell whether this is a record id in the one writing that is used.

    No other text ever becomes a file's name.
    """
    return isinstance(text, str) and bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))


def is_uid(text: object) -> bool:
    """Tell whether this is a DICOM UID (PS3.5, 9.1).

    It consists of numbers without leading zeros, with dots between, 64 characters at most.
    """
    return (
        isinstance(text, str)
        and len(text) <= 64
        and bool(re.fullmatch(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+", text))
    )
