"""What the host sees of a gadget, and what a host can do to it: the sysfs side of its one port."""

from __future__ import annotations

from pathlib import Path

from tools.testbeds.usb_vm.kernel_files import GadgetError, read, wait_until, write

PLATFORM = Path("/sys/devices/platform")
HOST_DRIVER = Path("/sys/bus/platform/drivers/dummy_hcd")
PROBE = Path("/sys/bus/usb/drivers_probe")


class HostSide:
    """The host controller that is joined to the device controller `controller` ("dummy_udc.0")."""

    def __init__(self, controller: str) -> None:
        self._name = controller.replace("udc", "hcd")

    @property
    def root_hub(self) -> Path:
        """Its folder in sysfs. Raises `GadgetError` while the host controller is away."""
        found = sorted((PLATFORM / self._name).glob("usb[0-9]*"))
        if not found:
            raise GadgetError(f"{self._name} has no bus: its driver is unbound.")
        return found[0]

    @property
    def bus(self) -> int:
        """Number of the bus."""
        return int(self.root_hub.name[3:])

    @property
    def device(self) -> Path:
        """The device's folder in sysfs, there or not."""
        return self.root_hub / f"{self.bus}-1"

    @property
    def name(self) -> str:
        """As the bulk interface is called: usb:1-1."""
        return f"usb:{self.device.name}"

    @property
    def present(self) -> bool:
        """Has the host noticed a device?"""
        return (self.device / "idVendor").exists()

    @property
    def configured(self) -> bool:
        """Has the host chosen a configuration?"""
        return read(self.device / "bConfigurationValue") != ""

    @property
    def serial_port(self) -> str | None:
        """/dev/ttyACM0, or whichever it is now; None if there is none."""
        for port in self.device.glob(f"{self.device.name}:*/tty/ttyACM*"):
            if Path("/dev", port.name).exists():
                return f"/dev/{port.name}"
        return None

    def interface(self, kind: str) -> Path:
        """The folder of the interface of class `kind`: "02" serial control, "0a" serial data, "ff" bulk."""
        for folder in sorted(self.device.glob(f"{self.device.name}:*")):
            if read(folder / "bInterfaceClass") == kind:
                return folder
        raise GadgetError(f"{self.device.name} has no interface of class {kind}.")

    def wait_configured(self) -> None:
        """Wait until the host has chosen a configuration."""
        wait_until(lambda: self.configured, f"the host has configured the device on {self._name}")

    def wait_gone(self) -> None:
        """Wait until nothing is left of the device."""
        hubs = (PLATFORM / self._name).glob("usb[0-9]*")
        devices = [hub / f"{hub.name[3:]}-1" for hub in hubs]
        wait_until(
            lambda: not any(device.exists() for device in devices), f"the device on {self._name} is gone"
        )

    # -- half-configured -------------------------------------------------------------------------------

    def unconfigure(self) -> None:
        """Choose no configuration: the device is there, none of its interfaces is."""
        write(self.device / "bConfigurationValue", "0")

    def configure(self) -> None:
        """Choose its configuration again."""
        write(self.device / "bConfigurationValue", "1")
        self.wait_configured()

    def authorize(self, authorized: bool) -> None:
        """Let the host use the device, or not: not is as a locked-down host does with an unknown one."""
        write(self.device / "authorized", str(int(authorized)))

    def take_interface(self, kind: str) -> None:
        """Take one interface away from whoever uses it (see `interface`); the rest of the device stays."""
        write(self.interface(kind) / "authorized", "0")

    def give_interface(self, kind: str) -> None:
        """Give it back, and let the kernel's driver have it, if there is one."""
        interface = self.interface(kind)
        write(interface / "authorized", "1")
        try:
            write(PROBE, interface.name)
        except GadgetError:
            pass  # no driver of the kernel's wants the bulk interface

    # -- power -----------------------------------------------------------------------------------------

    def let_suspend(self, idle_ms: int = 0) -> None:
        """Suspend the device whenever it is idle for `idle_ms`."""
        write(self.device / "power/autosuspend_delay_ms", str(idle_ms))
        write(self.device / "power/control", "auto")

    def keep_awake(self) -> None:
        """Wake it, and never suspend it."""
        write(self.device / "power/control", "on")

    @property
    def suspended(self) -> bool:
        """Is the device suspended?"""
        return read(self.device / "power/runtime_status") == "suspended"

    def switch_port(self, powered: bool) -> None:
        """Switch the port's power, as `uhubctl` does."""
        port = self.root_hub / f"{self.bus}-0:1.0" / f"usb{self.bus}-port1"
        write(port / "disable", str(int(not powered)))

    # -- the host reboots ------------------------------------------------------------------------------

    def stop(self) -> None:
        """The host's controller is gone, with its bus; the device keeps its power."""
        write(HOST_DRIVER / "unbind", self._name)

    def start(self) -> None:
        """The host's controller is back and looks what is connected."""
        write(HOST_DRIVER / "bind", self._name)
        wait_until(lambda: list((PLATFORM / self._name).glob("usb[0-9]*")), f"{self._name} has a bus")
