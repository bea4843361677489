"""The emulated machine, as qemu's command line: plain emulation, so that it runs where there is no KVM."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tools.testbeds.usb_vm import packages
from tools.testbeds.usb_vm.machine import CONSOLE, ERRORS, OUTPUT, TELL

# nothing that costs time and protects nobody here; any panic ends the VM at once
KERNEL_LINE = (
    "console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable no_timer_check audit=0 apparmor=0 "
    "selinux=0 random.trust_cpu=on cryptomgr.notests rcupdate.rcu_expedited=1"
)


@dataclass(frozen=True)
class Hardware:
    """What the machine has; the defaults are what measured best (see README.md)."""

    kernel: Path
    first_files: Path
    share: Path  # the one folder of the host that the VM may write to
    memory_mb: int = 1024
    processors: int = 1  # a second takes half as much CPU again and saves no time; some boots panicked
    cpu: str = "max"
    extra: tuple[str, ...] = ()

    def command(self, streams: dict[str, str]) -> list[str]:
        """qemu's command line; `streams` says where it writes each of the VM's streams."""
        return [
            *[str(packages.program("qemu-system-x86")), "-M", "q35", "-accel", "tcg,thread=multi"],
            *["-cpu", self.cpu, "-smp", str(self.processors), "-m", str(self.memory_mb)],
            *["-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"],
            *["-kernel", str(self.kernel), "-initrd", str(self.first_files), "-append", KERNEL_LINE],
            *["-chardev", f"file,id={CONSOLE},path={streams[CONSOLE]}", "-serial", f"chardev:{CONSOLE}"],
            *_folder("host", Path("/"), ",readonly=on,multidevs=remap"),
            *_folder("share", self.share, ""),
            *["-device", "virtio-serial-pci"],
            *_port(1, TELL, streams),
            *_port(2, OUTPUT, streams),
            *_port(3, ERRORS, streams),
            *self.extra,
        ]


def _folder(tag: str, path: Path, options: str) -> list[str]:
    named = str(path).replace(",", ",,")
    return [
        *["-fsdev", f"local,id={tag},path={named},security_model=none{options}"],
        *["-device", f"virtio-9p-pci,fsdev={tag},mount_tag={tag}"],
    ]


def _port(number: int, name: str, streams: dict[str, str]) -> list[str]:
    return [
        *["-chardev", f"file,id={name},path={streams[name]}"],
        *["-device", f"virtserialport,nr={number},name={name},chardev={name}"],
    ]
