"""Fetch Debian's MicroPython, with a C library of its own, into a private folder, and print its path.

Nothing on the machine changes and no root is needed: apt works in a folder of ours, packages are unpacked,
not installed. What was fetched before is used again. The 32-bit build stands for a camera board's word size.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ARCHITECTURES = ("i386", "amd64", "arm64")
SUITES = ("trixie", "forky", "sid")  # the first that answers; a mirror may be in the middle of an update
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
TIMEOUT_S = 120


class NotFetched(Exception):
    """Why there is no interpreter, in a sentence."""


def fetch(architecture: str, folder: Path) -> Path:
    """The interpreter for `architecture` in `folder`; raises `NotFetched`."""
    launcher = folder / f"micropython-{architecture}"
    if launcher.exists() and _runs(launcher):
        return launcher
    if not shutil.which("apt-get") or not Path(KEYRING).exists():
        raise NotFetched(
            "This needs apt-get and Debian's archive keyring: set $MICROPYTHON to an interpreter."
        )
    reasons = []
    for suite in SUITES:
        try:
            _unpack(architecture, suite, folder)
        except subprocess.SubprocessError as error:
            said = getattr(error, "stderr", b"") or b""
            reasons.append(f"{suite}: {said.decode(errors='replace').strip().splitlines()[-1:] or error}")
            continue
        _write_launcher(launcher, folder / "root")
        if _runs(launcher):
            return launcher
        reasons.append(f"{suite}: it does not run here")
    raise NotFetched("Debian's MicroPython could not be fetched: " + "; ".join(reasons))


def _archive() -> str:
    """The Debian archive that this machine's apt uses, or $DEBIAN_ARCHIVE."""
    named = os.environ.get("DEBIAN_ARCHIVE")
    if named:
        return named
    for file in (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list")):
        text = file.read_text("utf-8") if file.exists() else ""
        found = re.search(r"^(?:URIs: *|deb (?:\[[^]]*\] )?)(\S+)", text, re.MULTILINE)
        if found:
            return found[1]
    raise NotFetched("No Debian archive is known here: set $DEBIAN_ARCHIVE or $MICROPYTHON.")


def _unpack(architecture: str, suite: str, folder: Path) -> None:
    shutil.rmtree(folder / "apt", ignore_errors=True)
    shutil.rmtree(folder / "root", ignore_errors=True)
    for name in ("etc/parts", "etc/sources", "state/lists/partial", "cache/archives/partial"):
        (folder / "apt" / name).mkdir(parents=True)
    apt = folder / "apt"
    (apt / "status").touch()
    (apt / "etc/sources/debian.sources").write_text(
        f"Types: deb\nURIs: {_archive()}\nSuites: {suite}\nComponents: main\n"
        f"Architectures: {architecture}\nSigned-By: {KEYRING}\n"
    )
    settings = {
        "Dir::State": apt / "state",
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt / "cache",
        "Dir::Etc::sourcelist": apt / "none",
        "Dir::Etc::sourceparts": apt / "etc/sources",
        "Dir::Etc::preferencesparts": apt / "etc/parts",
        "APT::Architecture": architecture,
        "APT::Sandbox::User": "",
        "Acquire::Languages": "none",
    }
    lines = [f'{name} "{value}";' for name, value in settings.items()]
    (apt / "apt.conf").write_text("\n".join([*lines, f'APT::Architectures {{ "{architecture}"; }};', ""]))
    environment = {**os.environ, "APT_CONFIG": str(apt / "apt.conf")}
    for command in (
        ["apt-get", "-qq", "-o", "APT::Update::Error-Mode=any", "update"],
        ["apt-get", "-qq", "-y", "--no-install-recommends", "--download-only", "install", "micropython"],
    ):
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=TIMEOUT_S)
    for package in sorted((apt / "cache/archives").glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, folder / "root"], check=True, timeout=TIMEOUT_S)


def _write_launcher(launcher: Path, root: Path) -> None:
    loader = next(iter(sorted(root.glob("usr/lib*/**/ld-linux*.so*"))), None)
    library = next(iter(sorted(root.glob("usr/lib/**/libc.so.6"))), None)
    if loader is None or library is None:
        raise NotFetched("Debian's packages have no C library where it was looked for.")
    program = root / "usr/bin/micropython"
    launcher.write_text(
        f'#!/bin/sh\nexec "{loader}" --library-path "{library.parent}" --argv0 micropython "{program}" "$@"\n'
    )
    launcher.chmod(0o755)


def _runs(launcher: Path) -> bool:
    return subprocess.run([launcher, "-c", "pass"], capture_output=True, timeout=TIMEOUT_S).returncode == 0


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="python -m tools.micropython", description=__doc__)
    parser.add_argument("architecture", choices=ARCHITECTURES)
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "oralcam" / "micropython"
    parser.add_argument("--folder", type=Path, default=default, help="where it goes (default: %(default)s)")
    arguments = parser.parse_args()
    folder = arguments.folder / arguments.architecture
    folder.mkdir(parents=True, exist_ok=True)
    try:
        print(fetch(arguments.architecture, folder.resolve()))
    except NotFetched as error:
        print(f"tools.micropython: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
