"""MicroPython's source, as Debian's source package has it: fetched once, checked against a pinned hash."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.testbeds.debian import NotFetched, PrivateApt

SUITES = ("trixie", "forky", "sid")  # the first that answers with the source that is wanted
TIMEOUT_S = 180


def fetch_source(folder: Path, pin: Path) -> Path:
    """The unpacked source, in `folder`; `pin` is a file as `sha256sum` writes it. Raises `NotFetched`."""
    digest, name = pin.read_text("utf-8").split()
    source = folder / f"source-{digest[:16]}"
    if source.exists():
        return source
    reasons = []
    for suite in SUITES:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            try:
                description = _download(Path(scratch), suite, name, digest)
                _unpack(description, Path(scratch) / "source")
            except NotFetched as error:
                reasons.append(str(error))
                continue
            shutil.move(Path(scratch) / "source", source)
            return source
    raise NotFetched(f"MicroPython's source could not be fetched: {'; '.join(reasons)}")


def _download(scratch: Path, suite: str, name: str, digest: str) -> Path:
    apt = PrivateApt(scratch / "apt", suite, "amd64")
    apt.update()
    description = apt.fetch_source("micropython", scratch)
    file = scratch / name
    if not file.exists():
        raise NotFetched(f"{suite}: it has another version than {name}")
    if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
        raise NotFetched(f"{suite}: {name} is not the file whose hash is kept")
    return description


def _unpack(description: Path, target: Path) -> None:
    command = ["dpkg-source", "--no-check", "-x", str(description), str(target)]  # apt has checked it
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotFetched(f"the source cannot be unpacked: {error}") from error
    if done.returncode:
        raise NotFetched(f"the source cannot be unpacked: {done.stderr.strip()[-200:]}")
