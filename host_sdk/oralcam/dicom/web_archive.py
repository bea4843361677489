"""Where a DICOMweb service is, and the credentials that it is shown."""

from __future__ import annotations

import base64
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.dicom.tls import Tls


@dataclass(frozen=True, repr=False)
class Login:
    """User and password (HTTP Basic).

    Anybody who listens to plain http reads them, and the photo: use https.
    """

    user: str
    password: str

    def __post_init__(self) -> None:
        if ":" in self.user or not _fits_a_header(self.user + self.password):
            raise ValueError("a user holds no colon, and neither it nor a password control characters")

    @property
    def header(self) -> str:
        """The value of HTTP's header Authorization."""
        return f"Basic {base64.b64encode(f'{self.user}:{self.password}'.encode()).decode()}"

    def __repr__(self) -> str:
        return "<Login>"


@dataclass(frozen=True, repr=False)
class Token:
    """A bearer token (OAuth 2)."""

    token: str

    def __post_init__(self) -> None:
        if not self.token.isascii() or not _fits_a_header(self.token):
            raise ValueError("a token is ASCII without control characters")

    @property
    def header(self) -> str:
        """The value of HTTP's header Authorization."""
        return f"Bearer {self.token}"

    def __repr__(self) -> str:
        return "<Token>"


@dataclass(frozen=True)
class WebArchive:
    """A DICOMweb service. Its studies are below `url`, as in https://pacs.example/dicom-web.

    Raises ValueError if `url` is no http or https address, or holds a password.
    """

    url: str
    login: Login | Token | None = None
    tls: Tls | None = None

    def __post_init__(self) -> None:
        from urllib.parse import urlsplit

        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("a DICOMweb address looks like https://pacs.example/dicom-web")
        if parts.username is not None or parts.password is not None:
            raise ValueError("no user and no password in an address: give them as `login`")
        if self.tls is not None and parts.scheme != "https":
            raise ValueError("TLS needs an address that begins with https")

    def __str__(self) -> str:
        return self.url


def _fits_a_header(text: str) -> bool:
    """Tell whether the text fits a header. http.client would repeat the secret in its message."""
    return bool(text) and all(letter >= " " and letter != "\x7f" for letter in text)
