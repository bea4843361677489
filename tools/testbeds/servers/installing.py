"""Install packages without letting them start anything."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.testbeds.servers.packages import PACKAGES, SERVICES

POLICY = Path("/usr/sbin/policy-rc.d")  # what Debian's invoke-rc.d asks before it starts a service
UNITS = Path("/etc/systemd/system")
NOTHING_STARTS = "#!/bin/sh\nexit 101\n"
APT = ("apt-get", "--quiet=2", "-o", "DPkg::Lock::Timeout=300")
PATIENCE_S = 900


def missing(packages: tuple[str, ...] = PACKAGES) -> list[str]:
    """Those that are not installed."""
    return [package for package in packages if not _installed(package)]


def install(packages: list[str]) -> None:
    """With apt-get, as root. A service of theirs neither starts now nor at the next boot.

    Raises `subprocess.CalledProcessError` with what apt-get said on standard error.
    """
    with _nothing_starts():
        _run(*APT, "update")
        _run(*APT, "install", "--yes", "--no-install-recommends", *packages)


@contextmanager
def _nothing_starts() -> Iterator[None]:
    """Masks what is not there yet, and has Debian's own switch say no meanwhile."""
    for service in SERVICES:
        unit = UNITS / service
        if not _installed(service.removesuffix(".service")) and not unit.is_symlink() and UNITS.is_dir():
            unit.symlink_to(os.devnull)  # `systemctl mask`, also where systemd does not run
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text(NOTHING_STARTS)
        POLICY.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            POLICY.unlink()


def _installed(package: str) -> bool:
    asked = subprocess.run(
        ("dpkg-query", "--show", "--showformat=${db:Status-Status}", package),
        capture_output=True,
        text=True,
        timeout=60,
    )
    return asked.returncode == 0 and asked.stdout.strip() == "installed"


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=True, timeout=PATIENCE_S, env=environment, stdin=subprocess.DEVNULL)
