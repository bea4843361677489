"""TLS for DICOM and the web: archives are known by their certificates, this station by its own if asked."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from oralcam.errors import ArchiveUnauthorized

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

__all__ = ["Tls"]


@dataclass(frozen=True)
class Tls:
    """The certificates that are trusted. Without `authorities` (a PEM file) the operating system's decide.

    `certificate` and `key` (PEM files) are this station's, for archives that ask for them; a key's
    `passphrase` is asked for where it is needed. `server_name` is the name in the archive's certificate,
    where that is not its host's (DICOM only). There is no way to switch the check off.
    """

    authorities: str | None = None
    certificate: str | None = None
    key: str | None = None
    server_name: str | None = None
    passphrase: Callable[[], str] | None = field(default=None, repr=False)

    def context(self) -> ssl.SSLContext:
        """Return the context for connections as a client.

        Raises `ArchiveUnauthorized` if a file cannot be used.
        """
        import ssl

        context = ssl.create_default_context(cafile=self._there(self.authorities, "trusted certificates"))
        self._load_own(context)
        return context

    def server_context(self) -> ssl.SSLContext:
        """Return the context for archives that come back with a report.

        They must show a certificate of `authorities`. Raises `ArchiveUnauthorized`, also without a
        certificate of this station's.
        """
        import ssl

        if self.certificate is None:
            raise ArchiveUnauthorized(
                "An archive that calls back over TLS wants this station's certificate; set it up."
            )

        context = ssl.create_default_context(
            ssl.Purpose.CLIENT_AUTH, cafile=self._there(self.authorities, "trusted certificates")
        )
        context.verify_mode = ssl.CERT_REQUIRED
        self._load_own(context)
        return context

    def _load_own(self, context: ssl.SSLContext) -> None:
        import ssl

        context.minimum_version = ssl.TLSVersion.TLSv1_2  # what PS3.15 asks for (BCP 195)
        certificate = self._there(self.certificate, "this station's certificate")
        if certificate is None:
            return
        try:
            key = self._there(self.key, "this station's key")
            # without this, OpenSSL would ask at the terminal for the passphrase of an encrypted key
            context.load_cert_chain(certificate, key, self.passphrase or (lambda: ""))
        except (OSError, ValueError) as error:
            raise ArchiveUnauthorized(
                "This station's certificate and key cannot be used together; check files and the passphrase."
            ) from error

    def _there(self, path: str | None, what: str) -> str | None:
        if path is not None and not os.path.isfile(path):
            raise ArchiveUnauthorized(f"The file with {what} is not there; check the path in the settings.")
        return path
