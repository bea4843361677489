"""Packages of Debian in a private folder: apt works there, packages are unpacked, nothing is installed.

No root is needed and nothing on the machine changes, whatever release it runs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
TIMEOUT_S = 180
INSTALL = ("-y", "--no-install-recommends", "--download-only", "install")


class NotFetched(Exception):
    """Why there is no package, in a sentence."""


class PrivateApt:
    """apt for one suite and architecture, below `folder`; raises `NotFetched` if apt is not there."""

    def __init__(self, folder: Path, suite: str, architecture: str) -> None:
        if not shutil.which("apt-get") or not Path(KEYRING).exists():
            raise NotFetched("This needs apt-get and Debian's archive keyring (debian-archive-keyring).")
        self._folder = folder
        self._suite = suite
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("etc/parts", "etc/sources", "state/lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True)
        (folder / "status").touch()
        (folder / "etc/sources/debian.sources").write_text(
            f"Types: deb deb-src\nURIs: {_archive()}\nSuites: {suite}\nComponents: main\n"
            f"Architectures: {architecture}\nSigned-By: {KEYRING}\n"
        )
        settings = {
            "Dir::State": folder / "state",
            "Dir::State::status": folder / "status",
            "Dir::Cache": folder / "cache",
            "Dir::Etc::sourcelist": folder / "none",
            "Dir::Etc::sourceparts": folder / "etc/sources",
            "Dir::Etc::preferencesparts": folder / "etc/parts",
            "APT::Architecture": architecture,
            "APT::Sandbox::User": "",
            "Acquire::Languages": "none",
        }
        lines = [f'{name} "{value}";' for name, value in settings.items()]
        lines.append(f'APT::Architectures {{ "{architecture}"; }};')
        (folder / "apt.conf").write_text("\n".join([*lines, ""]))

    def update(self) -> None:
        """Fetch the suite's list of packages."""
        self._run("apt-get", "-qq", "-o", "APT::Update::Error-Mode=any", "update")

    def fetch_with_dependencies(self, package: str) -> list[Path]:
        """The package and all it depends on, as files."""
        self._run("apt-get", "-qq", *INSTALL, package)
        return sorted((self._folder / "cache/archives").glob("*.deb"))

    def fetch(self, package: str) -> Path:
        """The package alone, as a file."""
        archives = self._folder / "cache/archives"
        self._run("apt-get", "-qq", "download", package, folder=archives)
        return next(archives.glob(f"{package}_*.deb"))

    def fetch_source(self, package: str, folder: Path) -> Path:
        """The source package's files, in `folder`; returns its description (.dsc)."""
        self._run("apt-get", "-qq", "source", "--download-only", package, folder=folder)
        return next(folder.glob(f"{package}_*.dsc"))

    def depends(self, package: str) -> list[str]:
        """The names of what a package depends on directly."""
        said = self._run("apt-cache", "depends", package)
        return re.findall(r"^\s*Depends: (\S+)", said, re.MULTILINE)

    def _run(self, *command: str, folder: Path | None = None) -> str:
        environment = {**os.environ, "APT_CONFIG": str((self._folder / "apt.conf").resolve())}
        try:
            done = subprocess.run(
                command, env=environment, cwd=folder, check=True, capture_output=True, timeout=TIMEOUT_S
            )
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise NotFetched(f"{self._suite}: {said[0] if said else error}") from error
        except subprocess.TimeoutExpired as error:
            raise NotFetched(f"{self._suite}: {error}") from error
        return done.stdout.decode()


def unpack(package: Path, root: Path) -> None:
    """Put a package's files below `root`; none of its scripts runs."""
    try:
        subprocess.run(["dpkg-deb", "-x", package, root], check=True, capture_output=True, timeout=TIMEOUT_S)
    except subprocess.SubprocessError as error:
        raise NotFetched(f"{package.name} cannot be unpacked: {error}") from error


def write_launcher(launcher: Path, program: Path, root: Path) -> None:
    """A script that runs a program of the packages below `root` with their C library and loader."""
    loader = next(iter(sorted(root.glob("usr/lib*/**/ld-linux*.so*"))), None)
    library = next(iter(sorted(root.glob("usr/lib/**/libc.so.6"))), None)
    if loader is None or library is None:
        raise NotFetched("Debian's packages have no C library where it was looked for.")
    folders = f"{library.parent}:{library.parent / 'systemd'}"
    launcher.write_text(
        f'#!/bin/sh\nexec "{loader}" --library-path "{folders}" --argv0 {program.name} "{program}" "$@"\n'
    )
    launcher.chmod(0o755)


def cache_folder(name: str) -> Path:
    """Where a tool keeps what it fetched: below $XDG_CACHE_HOME or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "oralcam" / name


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
    raise NotFetched("No Debian archive is known here: set $DEBIAN_ARCHIVE.")
