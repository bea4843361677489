"""The sinks that a practice set up: `sinks.toml` in the program's own folder, one table each.

[practice]                       # its name, for people and for passwords
kind = "folder"                  # hot = true: whoever watches it takes the files away
path = "/srv/photos"
privacy = "full"                 # or "minimal", "none"

[archive]
kind = "dicom"                   # C-STORE and Storage Commitment
host = "pacs.example"
port = 11112
title = "PACS"
station = "CHAIR1"
listen_host = "192.168.7.20"     # where the archive brings its promise; loopback unless told otherwise
listen_port = 11113
[archive.tls]
authorities = "practice-ca.pem"

[web]
kind = "dicomweb"                # STOW-RS and QIDO-RS
url = "https://pacs.example/dicom-web"
user = "camera"                  # its password: $ORALCAM_WEB_PASSWORD, or the keyring
"""

from __future__ import annotations

import sys
from pathlib import Path

from oralcam.errors import InvalidSinks
from oralcam.files.paths import home_folder
from oralcam.files.toml_table import Table
from oralcam.jpeg import Privacy
from oralcam.sinks.credentials import password

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from oralcam.dicom.tls import Tls
    from oralcam.sinks.sink import Sink

__all__ = ["set_up_sinks", "sink_names", "sinks_file"]

KEYS = {
    "folder": ("path", "hot"),
    "dicom": ("host", "port", "title", "station", "listen_host", "listen_port", "tls"),
    "dicomweb": ("url", "user", "tls"),
}
TLS_KEYS = ("authorities", "certificate", "key", "server_name")
LISTEN_PORT = 11113


def sinks_file(home: str | os.PathLike[str] | None = None) -> Path:
    """Return the path of `sinks.toml`, in which sinks are set up."""
    return Path(home or home_folder()) / "sinks.toml"


def set_up_sinks(outbox: Path, file: Path | None = None) -> list[Sink]:
    """Return the sinks of `file` (the program's own by default); none if there is no such file.

    `outbox` is the outbox's folder. Raises `InvalidSinks`, `MissingCredentials`, `MissingExtra`.
    """
    root = _read(file or sinks_file())
    return [_sink(name, root, outbox) for name in root.words] if root is not None else []


def sink_names(file: Path) -> tuple[str, ...]:
    """Return the names in `file`, without opening or asking for anything. Raises `InvalidSinks`."""
    root = _read(file)
    return tuple(root.words) if root is not None else ()


def _read(path: Path) -> Table | None:
    """Read the file; return None if there is none."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InvalidSinks(f"{path} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidSinks(f"{path.name} is not TOML: {error}.") from error
    return Table(path.name, "", data, tuple(data), InvalidSinks)


def _sink(name: str, root: Table, outbox: Path) -> Sink:
    every = tuple({key for keys in KEYS.values() for key in keys})
    kind = root.table(name, ("kind", "privacy", *every)).choice("kind", tuple(KEYS))
    table = root.table(name, ("kind", "privacy", *KEYS[kind]))
    privacy = Privacy[table.choice("privacy", tuple(each.name.lower() for each in Privacy), "full").upper()]
    if kind == "folder":
        from oralcam.sinks.folder import FolderSink

        return FolderSink(
            name, table.text("path"), outbox / "handed_over", privacy=privacy, hot=table.yes_no("hot", False)
        )
    if privacy is not Privacy.FULL:
        raise InvalidSinks(f'{table.place} privacy must be "full": an archive files by patient.')
    try:
        return _dicom(name, table) if kind == "dicom" else _web(name, table)
    except ValueError as error:
        raise InvalidSinks(f"{table.place} {error}.") from error


def _dicom(name: str, table: Table) -> Sink:
    from oralcam.dicom.node import Node
    from oralcam.sinks.dicom_store import DicomStoreSink

    node = Node(
        table.text("host"),
        table.whole("port", low=1, high=65535),
        table.text("title"),
        table.text("station", "ORALCAM"),
        _tls(table),
    )
    listen = (table.text("listen_host", "127.0.0.1"), table.whole("listen_port", LISTEN_PORT, high=65535))
    return DicomStoreSink(name, node, listen=listen)


def _web(name: str, table: Table) -> Sink:
    from oralcam.dicom.web_archive import Login, WebArchive
    from oralcam.sinks.dicom_web import DicomWebSink

    user = table.text("user", "")
    login = Login(user, password(name, user)) if user else None
    return DicomWebSink(name, WebArchive(table.text("url"), login, _tls(table)))


def _tls(table: Table) -> Tls | None:
    if "tls" not in table:
        return None
    from oralcam.dicom.tls import Tls

    inner = table.table("tls", TLS_KEYS)
    authorities, certificate, key, server_name = (
        inner.text(word) if word in inner else None for word in TLS_KEYS
    )
    return Tls(authorities, certificate, key, server_name)
