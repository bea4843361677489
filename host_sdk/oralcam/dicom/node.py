"""Where a DICOM service is, and which station asks."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.dicom.tls import Tls

__all__ = ["Node"]

LONGEST_TITLE = 16  # PS3.5, value representation AE


@dataclass(frozen=True)
class Node:
    """A DICOM service: `title` is its AE title, `station` the AE title that this station gives itself.

    Raises ValueError if one of them is not an AE title or the port is none.
    """

    host: str
    port: int
    title: str
    station: str = "ORALCAM"
    tls: Tls | None = None

    def __post_init__(self) -> None:
        for title in (self.title, self.station):
            if not is_title(title):
                raise ValueError(f"{title!r} is not an AE title: 1 to 16 characters of ASCII, no backslash")
        if not 0 < self.port < 65536:
            raise ValueError(f"{self.port} is not a port: 1 to 65535")

    def __str__(self) -> str:
        return f"{self.title} at {self.host}:{self.port}"


def is_title(text: str) -> bool:
    """Tell whether `text` may be an AE title.

    Spaces at its ends count for nothing in DICOM, so they are refused here.
    """
    printable = all(" " <= letter <= "~" and letter != "\\" for letter in text)
    return 0 < len(text) <= LONGEST_TITLE and printable and text == text.strip()
