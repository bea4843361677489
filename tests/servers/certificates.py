"""An authority of our own and certificates for `localhost`, made by openssl, for an hour."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Pair:
    certificate: Path
    key: Path


@dataclass(frozen=True)
class Authority:
    """Signs; `certificate` is what others trust."""

    openssl: str
    folder: Path

    @property
    def certificate(self) -> Path:
        return self.folder / "authority.pem"

    def create(self) -> None:
        self._openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=oralcam tests",
            "-keyout", str(self.folder / "authority.key"), "-out", str(self.certificate),
        )  # fmt: skip

    def sign(self, name: str) -> Pair:
        """A certificate for localhost, as a server and as a client."""
        pair = Pair(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        request = self.folder / f"{name}.csr"
        extensions = self.folder / f"{name}.ext"
        extensions.write_text("subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n")
        self._openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", str(pair.key),
            "-out", str(request),
        )  # fmt: skip
        self._openssl(
            "x509", "-req", "-in", str(request), "-CA", str(self.certificate), "-CAkey",
            str(self.folder / "authority.key"), "-CAcreateserial", "-days", "1", "-extfile", str(extensions),
            "-out", str(pair.certificate),
        )  # fmt: skip
        return pair

    def _openssl(self, *words: str) -> None:
        subprocess.run([self.openssl, *words], check=True, capture_output=True, timeout=60)
