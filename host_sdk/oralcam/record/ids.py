"""New record ids and DICOM UIDs. Tests bring a source of their own."""

from __future__ import annotations

import re
import uuid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class IdSource(Protocol):
        """Where new ids come from; none may come twice."""

        def uuid(self) -> uuid.UUID:
            """A new one."""
            ...


class RandomIds:
    """UUIDs of version 4: random, so no two programs need to agree on anything."""

    def uuid(self) -> uuid.UUID:
        """A new one."""
        return uuid.uuid4()


def new_record_id(ids: IdSource) -> str:
    """The UUID in its usual writing: fit to be a file's name."""
    return str(ids.uuid())


def new_uid(ids: IdSource) -> str:
    """A DICOM UID under the root for UUIDs (DICOM PS3.5, B.2)."""
    return f"2.25.{ids.uuid().int}"


def is_record_id(text: object) -> bool:
    """Is it one, in the one writing that is used? Whatever else comes in never becomes a file's name."""
    return isinstance(text, str) and bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))


def is_uid(text: object) -> bool:
    """Is it a DICOM UID (PS3.5, 9.1): numbers without leading zeros, dots between, 64 characters at most?"""
    return (
        isinstance(text, str)
        and len(text) <= 64
        and bool(re.fullmatch(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+", text))
    )
