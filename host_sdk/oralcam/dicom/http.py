"""One HTTP request, done before a deadline.

The standard library does it: a client of another kind would add redirects (a photo sent elsewhere), proxies
and passwords from files nobody thought of, certificates of its own beside the operating system's, and no
total time limit.
"""

from __future__ import annotations

import http.client
import ssl
from contextlib import closing
from dataclasses import dataclass

from oralcam.dicom.deadline import Scissors
from oralcam.dicom.tls import Tls
from oralcam.errors import ArchiveTimeout, ArchiveUnauthorized, ArchiveUnreachable, BrokenAnswer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

    from oralcam.dicom.deadline import Deadline
    from oralcam.dicom.web_archive import WebArchive

LONGEST_ANSWER = 4_000_000  # bytes: an archive's word on one photo is a few hundred
LEAST_S = 0.01


@dataclass(frozen=True)
class Answer:
    """An HTTP status and the whole body."""

    status: int
    body: bytes


def ask(
    archive: WebArchive,
    method: str,
    path: str,
    deadline: Deadline,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send a request below `archive.url` and read the whole answer.

    Raises `ArchiveUnreachable`, `ArchiveUnauthorized` (its certificate), `ArchiveTimeout`, `BrokenAnswer`.
    """
    from urllib.parse import urlsplit

    told = dict(headers or {})
    if archive.login is not None:
        told["Authorization"] = archive.login.header
    if body:
        told["Content-Length"] = str(len(body))
    parts = urlsplit(archive.url)
    target = f"{parts.path.rstrip('/')}{path}"
    connection = _connection(parts, archive, deadline)
    with closing(connection), Scissors(deadline, lambda: connection.sock) as scissors:
        try:
            _connect(connection, archive)
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in told.items():
                connection.putheader(name, value)
            connection.endheaders()
            cut_short = _send(connection, body)
            answer = _read(connection, archive)
        except (http.client.HTTPException, OSError) as error:  # a timeout is an OSError
            if scissors.cut or isinstance(error, TimeoutError):
                raise _late(archive, deadline) from error
            raise BrokenAnswer(f"The answer of {archive} broke off; it is tried again later.") from error
    if scissors.cut:  # an answer of no announced length looks whole
        raise _late(archive, deadline)
    if cut_short and answer.status < 400:
        raise BrokenAnswer(f"{archive} stopped listening in the middle of a photo; it is tried again later.")
    return answer


def _late(archive: WebArchive, deadline: Deadline) -> ArchiveTimeout:
    return ArchiveTimeout(f"{archive} did not answer within {deadline.seconds:g} s; it is tried again later.")


def _connect(connection: http.client.HTTPConnection, archive: WebArchive) -> None:
    try:
        connection.connect()
    except ssl.SSLError as error:
        raise ArchiveUnauthorized(
            f"{archive} and this station do not agree on TLS: check the certificates on both sides."
        ) from error
    except TimeoutError:
        raise
    except OSError as error:
        raise ArchiveUnreachable(
            f"{archive} cannot be reached: check the address and the network; it is tried again later."
        ) from error


def _connection(parts: SplitResult, archive: WebArchive, deadline: Deadline) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    timeout = max(LEAST_S, deadline.remaining)
    if parts.scheme == "https":
        context = (archive.tls or Tls()).context()
        return http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=timeout)


def _send(connection: http.client.HTTPConnection, body: bytes) -> bool:
    """Send the request; return True if the other side stopped listening.

    It may have answered all the same, with 401 or 413.
    """
    if not body:
        return False
    try:
        connection.send(body)
    except (BrokenPipeError, ConnectionResetError):
        return True
    return False


def _read(connection: http.client.HTTPConnection, archive: WebArchive) -> Answer:
    response = connection.getresponse()
    body = response.read(LONGEST_ANSWER + 1)
    if len(body) > LONGEST_ANSWER:
        raise BrokenAnswer(f"{archive} answers with more than any archive has to say; check the address.")
    if response.length:  # announced, and did not come
        raise http.client.IncompleteRead(body, response.length)
    return Answer(response.status, body)
