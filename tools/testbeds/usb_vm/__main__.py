"""Run a command of the project inside a throw-away Linux VM that has a USB host and USB gadget controllers.

The VM sees this machine's files, this folder included, read-only: whatever the command writes vanishes with
the VM, except below the folder $ORALCAM_VM_SHARE. The command runs as root; its output is streamed, its exit
code returned. Plain emulation: no KVM, no root, nothing is installed inside.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import secrets
import signal
import sys
import tempfile
from pathlib import Path

from tools.testbeds import micropython
from tools.testbeds.debian import NotFetched, cache_folder
from tools.testbeds.usb_vm import packages
from tools.testbeds.usb_vm.errors import MissingPart, VmError
from tools.testbeds.usb_vm.guest import SHARE_VARIABLE, script
from tools.testbeds.usb_vm.hardware import Hardware
from tools.testbeds.usb_vm.initramfs import first_file_system, run_files
from tools.testbeds.usb_vm.kernel import SUITES, Kernel
from tools.testbeds.usb_vm.machine import Machine

EXAMPLES = f"""\
examples:
  python -m tools.testbeds.usb_vm --install          # once: Debian packages (root), kernel (no root)
  python -m tools.testbeds.usb_vm -- uname -a
  python -m tools.testbeds.usb_vm -- .venv/bin/python -m pytest tests/usb_vm
  python -m tools.testbeds.usb_vm --share out -- .venv/bin/python -m pytest hil_tests --junitxml=out/a.xml

exit codes: COMMAND's own, or 120 a part is missing (or wrong use: 2), 121 the VM does not boot,
122 it died while COMMAND ran, 124 COMMAND did not end in time, 130 Ctrl-C, 143 SIGTERM

The writable folder is --share, else ${SHARE_VARIABLE}, else a temporary one; inside it has the same path and
is named by ${SHARE_VARIABLE}. The kernel is kept in $XDG_CACHE_HOME/oralcam/usb_vm (~/.cache).
"""


# Debian's starts the firmware in a third of the time of the wheel's, which starts CPython first
MICROPYTHON = cache_folder("micropython") / "amd64/micropython-amd64"

MEMORY_MIN_MB = 256  # below, the kernel finds no room for the first files


def main(arguments: list[str] | None = None) -> int:
    """Entry point."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.command and not options.install:
        parser.error("what shall run inside? Name it after --, for example: -- uname -a")
    if options.memory < MEMORY_MIN_MB:
        parser.error(f"--memory: the VM needs {MEMORY_MIN_MB} MB or more")
    signal.signal(signal.SIGTERM, _end)
    try:
        if options.install:
            packages.install()
            micropython.fetch(MICROPYTHON.parent.name, _made(MICROPYTHON.parent))
        if not options.command:
            _parts(options)
            return 0
        return _run(options)
    except (VmError, NotFetched) as error:
        print(f"tools.testbeds.usb_vm: {error}", file=sys.stderr)
        return error.exit_code if isinstance(error, VmError) else MissingPart.exit_code
    except KeyboardInterrupt:
        return 130


def _end(number: int, _frame: object) -> None:
    """As Ctrl-C: the VM is ended, the temporary folder removed."""
    sys.exit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.testbeds.usb_vm",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="*", metavar="COMMAND", help="what to run inside, after --")
    parser.add_argument("--install", action="store_true", help="install what is needed, fetch the kernel")
    parser.add_argument("--share", type=Path, metavar="DIR", help="a folder that the command may write to")
    parser.add_argument("--memory", type=int, default=1024, metavar="MB", help="default: %(default)s")
    parser.add_argument("--processors", type=int, default=1, metavar="N", help="default: %(default)s")
    parser.add_argument("--cpu", default="max", help=argparse.SUPPRESS)
    parser.add_argument(
        "--timeout", type=float, default=600, metavar="S", help="COMMAND's time (default: %(default)s)"
    )
    parser.add_argument("--boot-timeout", type=float, default=90, metavar="S", help="default: %(default)s")
    parser.add_argument("--suite", choices=SUITES, help="Debian's kernel of this suite")
    parser.add_argument(
        "--env", action="append", default=[], metavar="NAME", help="pass this variable on too"
    )
    parser.add_argument("--verbose", action="store_true", help="show times and the VM's console")
    return parser


def _parts(options: argparse.Namespace) -> tuple[Path, Path]:
    """Kernel and first file system; what is missing is fetched and made."""
    for package, name in packages.NEEDED.items():
        if name is not None:
            packages.program(package)
    folder = cache_folder("usb_vm")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # another run may be fetching or making the same
            kernel = Kernel(folder, options.suite)
            return kernel.image, first_file_system(kernel, folder)
    except OSError as error:
        raise MissingPart(f"The VM's parts cannot be kept in {folder} ({error.strerror}).") from error


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def _run(options: argparse.Namespace) -> int:
    kernel, first_files = _parts(options)
    with tempfile.TemporaryDirectory(prefix="oralcam-usb-vm-") as temporary:
        share = _share(options.share, Path(temporary))
        mark = b"\0usb_vm " + secrets.token_hex(8).encode() + b"\0"
        quick = MICROPYTHON if MICROPYTHON.exists() else None
        command = script(options.command, os.getcwd(), str(share), os.environ, options.env, quick)
        files = Path(temporary) / "initramfs.cpio"
        files.write_bytes(first_files.read_bytes() + run_files(share, command, mark))
        hardware = Hardware(kernel, files, share, options.memory, options.processors, options.cpu)
        with Machine(hardware.command, mark) as machine:
            try:
                return machine.run(
                    _Writer(sys.stdout.fileno()),
                    _Writer(sys.stderr.fileno()),
                    boot_s=options.boot_timeout,
                    command_s=options.timeout,
                )
            finally:
                if options.verbose:
                    print(f"tools.testbeds.usb_vm: {machine.said}\n{machine.console}", file=sys.stderr)


def _share(wanted: Path | None, temporary: Path) -> Path:
    named = wanted or os.environ.get(SHARE_VARIABLE) or temporary / "share"
    folder = Path(named).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MissingPart(f"The share {folder} cannot be made ({error.strerror}).") from error
    return folder


class _Writer:
    """Writes all of it, at once."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __call__(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]


if __name__ == "__main__":
    sys.exit(main())
