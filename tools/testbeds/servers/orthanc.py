"""Debian's Orthanc, as an archive, a worklist and a DICOMweb service, with its data in a temporary folder.

Its DICOM port cannot be bound to one address; it serves only those whom its settings name, on this machine.
"""

from __future__ import annotations

import base64
import json
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.testbeds.servers.starting import free_port, listens, running

PLUGINS = Path("/usr/share/orthanc/plugins")
TITLE = "ORTHANC"
STATION = "ORALCAM"
USER, PASSWORD = "practice", "not-a-secret"


@dataclass
class Orthanc:
    """One server on free ports; it can be stopped and started again with what it holds."""

    program: str
    folder: Path
    settings: dict[str, Any] = field(default_factory=dict)
    dicom_port: int = field(default_factory=free_port)
    http_port: int = field(default_factory=free_port)
    commitment_port: int = field(default_factory=free_port)
    _running: ExitStack = field(default_factory=ExitStack)
    process: subprocess.Popen[bytes] | None = None

    @property
    def worklists(self) -> Path:
        """Its worklist plugin serves the files in here."""
        return self.folder / "worklists"

    @property
    def url(self) -> str:
        """Of its DICOMweb service."""
        return f"http://localhost:{self.http_port}/dicom-web"

    def start(self) -> None:
        """Returns when it serves. Raises `RuntimeError` with its log's end if it does not."""
        self.worklists.mkdir(parents=True, exist_ok=True)
        configuration = self.folder / "orthanc.json"
        configuration.write_text(json.dumps(self._configuration()))
        self.process = self._running.enter_context(
            running(
                [self.program, str(configuration)],
                lambda: listens(self.http_port) and listens(self.dicom_port),
                self.folder / "orthanc.log",
            )
        )

    def stop(self) -> None:
        """Returns when it is gone; what it holds stays."""
        self._running.close()
        self.process = None

    def ask(self, path: str) -> Any:
        """Its own REST interface, decoded."""
        return json.loads(self.fetch(path))

    def fetch(self, path: str, body: bytes | None = None) -> bytes:
        """What its REST interface answers; with `body`, to a POST."""
        request = urllib.request.Request(f"http://localhost:{self.http_port}{path}", body)
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request.add_header("Authorization", f"Basic {pair}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            data: bytes = answer.read()
        return data

    def instances(self) -> list[str]:
        """Orthanc's own names of what it holds."""
        held: list[str] = self.ask("/instances")
        return held

    def named(self, uid: str) -> list[str]:
        """Its own names of what it holds by a DICOM UID: more than one if that is filed twice."""
        return [found["ID"] for found in json.loads(self.fetch("/tools/lookup", uid.encode()))]

    def _configuration(self) -> dict[str, Any]:
        return {
            "Name": "test",
            "StorageDirectory": str(self.folder / "data"),
            "IndexDirectory": str(self.folder / "data"),
            "HttpPort": self.http_port,
            "DicomPort": self.dicom_port,
            "DicomAet": TITLE,
            "DicomCheckCalledAet": True,
            "DicomCheckModalityHost": True,
            "DicomAlwaysAllowStore": False,
            "DicomAlwaysAllowEcho": False,
            "DicomModalities": {
                "station": {
                    "AET": STATION,
                    "Host": "127.0.0.1",
                    "Port": self.commitment_port,
                    "AllowEcho": True,
                }
            },
            "DefaultEncoding": "Utf8",  # its answers of worklists: Latin-1 would lose all other scripts
            "RemoteAccessAllowed": False,
            "AuthenticationEnabled": True,
            "RegisteredUsers": {USER: PASSWORD},
            "OverwriteInstances": False,
            "StorageCompression": False,
            "SaveJobs": False,
            "Plugins": [str(PLUGINS / "libOrthancDicomWeb.so"), str(PLUGINS / "libModalityWorklists.so")],
            "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
            "Worklists": {"Enable": True, "Database": str(self.worklists)},
            **self.settings,
        }


@contextmanager
def orthanc_running(program: str, folder: Path, **settings: Any) -> Iterator[Orthanc]:
    """Serves from the block's begin to its end; `settings` are Orthanc's own, by its names."""
    archive = Orthanc(program, folder, settings)
    archive.start()
    try:
        yield archive
    finally:
        archive.stop()
