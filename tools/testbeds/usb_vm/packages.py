"""The Debian packages that the VM needs on the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools.testbeds.usb_vm.errors import MissingPart

# package: a program of it, or None for a library that is used inside the VM
NEEDED = {
    "qemu-system-x86": "qemu-system-x86_64",
    "busybox-static": "busybox",
    "zstd": "zstd",  # Debian's kernel is packed with it
    "libusb-1.0-0": None,
    "uhubctl": None,  # switches the power of USB ports; tests in the VM run it
}
INSTALL_HINT = "run `python -m tools.testbeds.usb_vm --install` (as root), or install the Debian package"
TIMEOUT_S = 600


def program(package: str) -> Path:
    """Where the package's program is; raises `MissingPart`."""
    name = NEEDED[package]
    assert name is not None
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/bin:/bin:/usr/sbin:/sbin")
    if found is None:
        raise MissingPart(f"The VM needs {name}: {INSTALL_HINT} {package}.")
    return Path(found)


def install() -> None:
    """Install what is missing with apt-get, which takes root; raises `MissingPart` if that fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    missing = [package for package in NEEDED if not _installed(package)]
    if not missing:
        return
    command = ["apt-get", "-qq", "-y", "--no-install-recommends", "install", *missing]
    try:
        done = _run(command, environment)
        if done.returncode:  # the lists may be old, or a fresh image has none
            _run(["apt-get", "-qq", "update"], environment)
            done = _run(command, environment)
    except FileNotFoundError as error:
        raise MissingPart(f"Without apt-get, install these by hand: {', '.join(missing)}.") from error
    except subprocess.TimeoutExpired as error:
        raise MissingPart("apt-get did not end in time: is another one running?") from error
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise MissingPart(f"apt-get could not install {' '.join(missing)}: {said}")


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
