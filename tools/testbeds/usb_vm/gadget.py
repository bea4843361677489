"""A USB device of the kernel's, as a camera is one: serial port and vendor bulk interface. Inside the VM.

>>> with Gadget("VM-0001") as gadget:            # doctest: +SKIP
...     gadget.plug_in()
...     print(gadget.host.serial_port)           # what the host has made of it: /dev/ttyACM0
"""

from __future__ import annotations

import fcntl
import itertools
import os
from pathlib import Path
from types import TracebackType

from oralcam.usb.interface import MANUFACTURER, PRODUCT, PRODUCT_ID, VENDOR_ID
from tools.testbeds.usb_vm.bulk_function import BulkFunction
from tools.testbeds.usb_vm.function_descriptors import BulkDescription
from tools.testbeds.usb_vm.host_side import HostSide
from tools.testbeds.usb_vm.kernel_files import GadgetError, read, wait_until, write

CONFIGFS = Path("/sys/kernel/config/usb_gadget")
CONTROLLERS = Path("/sys/class/udc")
MOUNTS = Path("/run/usb_vm")
ENGLISH = "0x409"
# bDeviceClass, SubClass, Protocol: functions of several interfaces are grouped (interface association)
COMPOSITE = ("0xEF", "0x02", "0x01")
BUS_POWERED, REMOTE_WAKEUP = 0x80, 0x20  # bmAttributes
CDC_PROTOCOL_NONE = "0"
_numbers = itertools.count()


class Gadget:
    """A device that can be plugged in, from construction to `close`, or as a context. Starts unplugged.

    `serial_number` None: it has none. `bulk` True: a camera's vendor interface; or another description.
    `controller`: "dummy_udc.0" or "dummy_udc.1", by default the first that is free. `speed`: "high-speed" or
    "full-speed". `bulk_survives`: after `bulk.abandon()` the interface stays on the bus, with nobody behind
    it. `remote_wakeup`: it may be suspended while in use, as few boards may; see `wake_host`.
    Raises `GadgetError`.
    """

    def __init__(
        self,
        serial_number: str | None,
        *,
        cdc: bool = True,
        bulk: bool | BulkDescription = True,
        vendor_id: int = VENDOR_ID,
        product_id: int = PRODUCT_ID,
        manufacturer: str | None = MANUFACTURER,
        product: str | None = PRODUCT,
        controller: str | None = None,
        speed: str = "high-speed",
        remote_wakeup: bool = False,
        bulk_survives: bool = False,
    ) -> None:
        if not CONFIGFS.is_dir():
            raise GadgetError("Gadgets can be made inside the VM only: python -m tools.testbeds.usb_vm -- …")
        name = f"oralcam{os.getpid()}_{next(_numbers)}"
        self._folder = CONFIGFS / name
        self.controller, self._reserved = _reserve([controller] if controller else _controllers())
        self.host = HostSide(self.controller)
        self.tty: str | None = None  # of the device: /dev/ttyGS0
        self.bulk: BulkFunction | None = None
        self._made: list[Path] = []  # folders and links, in order
        strings = {"serialnumber": serial_number, "manufacturer": manufacturer, "product": product}
        try:
            self._make(self._folder)
            numbers = {"idVendor": f"{vendor_id:#06x}", "idProduct": f"{product_id:#06x}", "max_speed": speed}
            kinds = zip(("bDeviceClass", "bDeviceSubClass", "bDeviceProtocol"), COMPOSITE, strict=True)
            for attribute, value in {**numbers, **dict(kinds), "bcdUSB": "0x0200"}.items():
                write(self._folder / attribute, value)
            self._make(self._folder / "strings" / ENGLISH)
            for attribute, text in strings.items():
                if text is not None:
                    write(self._folder / "strings" / ENGLISH / attribute, text)
            configuration = self._make(self._folder / "configs/c.1")
            attributes = BUS_POWERED | (REMOTE_WAKEUP if remote_wakeup else 0)
            write(configuration / "bmAttributes", f"{attributes:#x}")
            if cdc:
                self._add_serial(configuration)
            if bulk:
                description = bulk if isinstance(bulk, BulkDescription) else BulkDescription()
                self._add_bulk(configuration, name, description, bulk_survives)
        except BaseException:
            self.close()
            raise

    def _add_serial(self, configuration: Path) -> None:
        function = self._make(self._folder / "functions/acm.0")
        if (function / "protocol").exists():  # since Linux 6.11; before, it is always 1, "AT commands"
            write(function / "protocol", CDC_PROTOCOL_NONE)
        self.tty = f"/dev/ttyGS{read(function / 'port_num')}"
        self._link(function, configuration)

    def _add_bulk(self, configuration: Path, name: str, description: BulkDescription, survives: bool) -> None:
        function = self._make(self._folder / f"functions/ffs.{name}")
        self.bulk = BulkFunction(name, MOUNTS / name, description, survives=survives)
        self._link(function, configuration)

    def _make(self, folder: Path) -> Path:
        try:
            folder.mkdir()
        except OSError as error:
            raise GadgetError(f"The kernel does not make {folder}: {error.strerror}.") from error
        self._made.append(folder)
        return folder

    def _link(self, function: Path, configuration: Path) -> None:
        link = configuration / function.name
        link.symlink_to(function)
        self._made.append(link)

    # -- the plug --------------------------------------------------------------------------------------

    @property
    def plugged_in(self) -> bool:
        """Is it bound to its controller?"""
        return bool(read(self._folder / "UDC"))

    def bind(self) -> None:
        """Plug it in; returns at once, the host needs a moment."""
        write(self._folder / "UDC", self.controller)

    def unbind(self) -> None:
        """Pull the plug; returns when the device is gone from the host. Harmless when repeated."""
        if self.plugged_in:
            write(self._folder / "UDC", "")
        self.host.wait_gone()

    def plug_in(self) -> None:
        """Plug it in; returns when the host has configured it, and its serial port is there."""
        self.bind()
        self.host.wait_configured()
        if self.tty is not None:
            wait_until(lambda: self.host.serial_port, f"{self.controller} has a serial port on the host")

    def wake_host(self) -> None:
        """Ask the host to resume the suspended bus: serial gadgets do not by themselves before Linux 6.16."""
        write(CONTROLLERS / self.controller / "srp", "1")

    def close(self) -> None:
        """Pull the plug, take the device apart. Harmless when repeated."""
        if self._made:
            self.unbind()
        if self.bulk is not None:
            self.bulk.close()
        while self._made:
            path = self._made.pop()
            if path.is_symlink():
                path.unlink()
            else:
                path.rmdir()
        if self._reserved >= 0:
            os.close(self._reserved)
            self._reserved = -1

    def __enter__(self) -> Gadget:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _controllers() -> list[str]:
    return sorted(path.name for path in CONTROLLERS.glob("dummy_udc.*"))


def _reserve(controllers: list[str]) -> tuple[str, int]:
    """A controller that no other gadget has, of another process either, and the lock on it."""
    MOUNTS.mkdir(parents=True, exist_ok=True)
    for name in controllers:
        lock = os.open(MOUNTS / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        return name, lock
    raise GadgetError(f"No controller is free ({', '.join(controllers) or 'there is none'}): close a gadget.")
