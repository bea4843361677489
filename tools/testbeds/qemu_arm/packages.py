"""Debian's packages that building and running the board takes."""

from __future__ import annotations

import os
import subprocess

from tools.testbeds.debian import NotFetched

NEEDED = (
    "gcc-arm-none-eabi",
    "libnewlib-arm-none-eabi",  # its headers
    "qemu-system-arm",
    "gcc",
    "libc6-dev",
    "make",
    "dpkg-dev",  # dpkg-source
)
TIMEOUT_S = 600


def missing() -> list[str]:
    """Names of those that are not installed."""
    return [package for package in NEEDED if not _installed(package)]


def install(packages: list[str]) -> None:
    """Install them with apt-get, which takes root; raises `NotFetched` if that fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends", "install"]
    try:
        done = _run([*command, *packages], environment)
        if done.returncode:  # the lists may be old, or a fresh image has none
            _run(["apt-get", "-qq", "update"], environment)
            done = _run([*command, *packages], environment)
    except FileNotFoundError as error:
        raise NotFetched(f"Without apt-get, install these by hand: {', '.join(packages)}.") from error
    except subprocess.TimeoutExpired as error:
        raise NotFetched("apt-get did not end in time: is another one running?") from error
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise NotFetched(f"apt-get could not install {' '.join(packages)}: {said}")


def _installed(package: str) -> bool:
    try:
        done = _run(["dpkg-query", "-W", "-f", "${Status}", package], dict(os.environ))
    except OSError:
        return False  # no Debian
    return done.stdout == "install ok installed"


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
