"""QEMU's process: the board without an operating system, its serial ports joined to inherited descriptors."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

from oralcam.emulator.qemu_arm.images import Images
from oralcam.emulator.qemu_arm.shared_memory import TOTAL, SharedMemory
from oralcam.errors import EmulatorError

PROGRAM = "qemu-system-arm"
IMAGE_ADDRESS = 0x200000  # as in the board's mps2.ld
STOP_TIMEOUT_S = 5.0


class QemuProcess:
    """Runs from construction to `stop`. Killing the process cuts the power; a reset of the board ends it too.

    `serial` is the descriptor of a tty, for the product's link; `bulk` a socket's, if the board has that
    interface. What the board prints goes to the file `console`.
    """

    def __init__(
        self,
        images: Images,
        memory: SharedMemory,
        settings: Mapping[str, str],
        *,
        serial: int,
        bench: socket.socket,
        console: Path,
        bulk: int | None = None,
        options: tuple[str, ...] = (),
    ) -> None:
        told = {
            **settings,
            "ORALCAM_RANDOM": str(secrets.randbits(32)),
            "ORALCAM_BULK": str(int(bulk is not None)),
        }
        memory.write_settings(told)
        command = [
            find_qemu(),
            *machine_options(images, memory),
            *_serial("console", f"file,path={console},append=on"),
            *("-add-fd", f"fd={serial},set=1"),
            *_serial("link", "serial,path=/dev/fdset/1"),
            *_serial("bench", f"socket,fd={bench.fileno()}"),
            *(() if bulk is None else _serial("bulk", f"socket,fd={bulk}")),
            *options,
        ]
        with console.open("ab") as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                pass_fds=[
                    descriptor for descriptor in (serial, bench.fileno(), bulk) if descriptor is not None
                ],
                start_new_session=True,  # Ctrl-C in the user's terminal is not for the camera
            )
        self._guard = _end_with_this_program(self._process.pid)

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def stop(self) -> None:
        """Cut the power: the process ends at whatever instruction it is."""
        self._guard.kill()
        self._guard.communicate()
        self._process.kill()
        self._process.wait(STOP_TIMEOUT_S)


def _end_with_this_program(pid: int) -> subprocess.Popen[bytes]:
    """Start a process that kills `pid` when this program ends, however it does: QEMU would run on."""
    return subprocess.Popen(
        ["sh", "-c", 'read _; kill -9 "$0"', str(pid)], stdin=subprocess.PIPE, start_new_session=True
    )


def find_qemu() -> str:
    """Return the emulator's path; raises `EmulatorError` that says which package it is in."""
    found = shutil.which(PROGRAM, path=os.environ.get("PATH", "") + ":/usr/bin")
    if found is None:
        raise EmulatorError(f"There is no {PROGRAM}: install it (Debian's package has that name).")
    return found


def machine_options(images: Images, memory: SharedMemory) -> tuple[str, ...]:
    """Return QEMU's options for the board without its serial ports."""
    return (
        *("-machine", f"{images.machine},memory-backend=psram"),
        *("-object", f"memory-backend-file,id=psram,size={TOTAL},mem-path={memory.path},share=on"),
        *("-kernel", str(images.interpreter)),
        *("-device", f"loader,file={images.application},addr={IMAGE_ADDRESS:#x},force-raw=on"),
        *("-display", "none", "-monitor", "none", "-no-reboot"),
        *("-semihosting-config", "enable=on,target=native"),  # the port's start asks for it
    )


def _serial(name: str, backend: str) -> tuple[str, ...]:
    kind, _, rest = backend.partition(",")
    return ("-chardev", f"{kind},id={name},{rest}", "-serial", f"chardev:{name}")
