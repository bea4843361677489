"""The VM's first file system: busybox, modules in load order, and init."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tools.testbeds.usb_vm import packages
from tools.testbeds.usb_vm.cpio import Cpio
from tools.testbeds.usb_vm.kernel import Kernel

# what init needs loaded; options after the name. Two controllers: two cameras at once
MODULES = (
    "virtio_pci",
    "virtio_console",
    "9pnet_virtio",
    "9p",
    "overlay",
    "dummy_hcd num=2",
    "usb_f_acm",
    "usb_f_fs",
    "cdc_acm",
)
FOLDERS = ("bin", "modules", "proc", "sys", "dev", "lower", "upper", "root")
APPLETS = ("sh", "mount", "mkdir", "insmod", "chroot", "cat", "cut", "ifconfig", "sleep", "sync")
INIT = Path(__file__).with_name("init.sh")


def first_file_system(kernel: Kernel, folder: Path) -> Path:
    """The archive in `folder`; made anew when kernel, busybox or init are others than before."""
    busybox = packages.program("busybox-static").read_bytes()
    init = INIT.read_bytes()
    key = hashlib.sha256()
    for part in (kernel.version.encode(), busybox, init, repr((MODULES, FOLDERS, APPLETS)).encode()):
        key.update(hashlib.sha256(part).digest())
    made = folder / f"initramfs-{key.hexdigest()[:16]}.cpio"
    if not made.exists():
        half = made.with_suffix(".part")
        half.write_bytes(_archive(kernel, busybox, init))
        half.replace(made)
        for other in set(folder.glob("initramfs-*.cpio")) - {made}:
            other.unlink()
    return made


def _archive(kernel: Kernel, busybox: bytes, init: bytes) -> bytes:
    options = dict(line.partition(" ")[::2] for line in MODULES)
    modules = kernel.modules(list(options))
    cpio = Cpio()
    for name in FOLDERS:
        cpio.folder(name)
    cpio.file("bin/busybox", busybox, 0o755)
    for name in APPLETS:
        cpio.link(f"bin/{name}", "busybox")
    for name, module in modules.items():
        cpio.file(f"modules/{name}.ko", module)
    order = "".join(f"{name} {options.get(name, '')}\n" for name in modules)
    cpio.file("modules/order", order.encode())
    cpio.file("init", init, 0o755)
    return bytes(cpio)


def run_files(share: Path, command: str, mark: bytes) -> bytes:
    """A second archive, one for each run: what to run, where the share belongs, what ends the output."""
    cpio = Cpio()
    cpio.folder("run")
    cpio.file("run/share", f"{share}\n".encode())
    cpio.file("run/command", command.encode())
    cpio.file("run/mark", mark)
    return bytes(cpio)
