"""dcmtk's servers, on a port of this machine, with their files in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oralcam.dicom.node import Node
from oralcam.dicom.tls import Tls
from tests.servers.certificates import Pair
from tools.testbeds.servers.starting import free_port, listens, running


@contextmanager
def worklist_server(program: str, folder: Path, *options: str) -> Iterator[Node]:
    """wlmscpfs; entries go to `folder`/WORKLIST."""
    entries = folder / "WORKLIST"
    entries.mkdir(parents=True, exist_ok=True)
    (entries / "lockfile").touch()
    port = free_port()
    command = [program, "--single-process", "--data-files-path", str(folder), *options, str(port)]
    with running(command, lambda: listens(port), folder / "wlmscpfs.log"):
        yield Node("127.0.0.1", port, "WORKLIST")


ONLY_SECONDARY_CAPTURE = """\
[[TransferSyntaxes]]
[JPEG]
TransferSyntax1 = JPEGBaseline
[[PresentationContexts]]
[Captures]
PresentationContext1 = SecondaryCaptureImageStorage\\JPEG
[[Profiles]]
[Default]
PresentationContexts = Captures
"""


@contextmanager
def storage_server(
    program: str, folder: Path, *options: str, tls: tuple[Pair, Path] | None = None
) -> Iterator[Node]:
    """storescp; what it is sent lies in `folder`. With `tls`, it wants a certificate of ours."""
    port = free_port()
    secure: list[str] = []
    if tls is not None:
        pair, authority = tls
        secure = ["+tls", str(pair.key), str(pair.certificate), "--add-cert-file", str(authority)]
    command = [program, "--output-directory", str(folder), *secure, *options, str(port)]
    with running(command, lambda: listens(port), folder.parent / "storescp.log"):
        trusted = Tls(authorities=str(tls[1])) if tls is not None else None
        yield Node("localhost" if tls else "127.0.0.1", port, "STORESCP", tls=trusted)
