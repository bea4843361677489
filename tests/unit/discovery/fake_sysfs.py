"""A folder that looks like Linux's /sys and /dev, for cameras that are not there."""

from __future__ import annotations

from pathlib import Path


class FakeSystem:
    """`plug` devices in, take files away; `sysfs` and `dev` are for `oralcam.usb.ids`."""

    def __init__(self, folder: Path) -> None:
        self.sysfs = folder / "sys"
        self.dev = folder / "dev"
        self.devices = self.sysfs / "bus/usb/devices"
        for path in (self.devices, self.sysfs / "class/tty", self.dev):
            path.mkdir(parents=True)
        self._devnum = 1

    def plug(
        self,
        name: str = "1-1",
        serial: str | None = "OC-1",
        tty: str | None = "ttyACM0",
        *,
        bulk: bool = True,
        vendor: str = "1209",
        manufacturer: str | None = "oralcam",
        product: str | None = "oralcam camera",
        configuration: str = "1",
    ) -> Path:
        """A device as the kernel shows it; returns its folder."""
        self._devnum += 1
        path = self.devices / name
        path.mkdir()
        files = {
            "idVendor": vendor,
            "idProduct": "0001",
            "serial": serial,
            "manufacturer": manufacturer,
            "product": product,
            "busnum": name.partition("-")[0],
            "devnum": str(self._devnum),
            "bConfigurationValue": configuration,
        }
        for file, text in files.items():
            if text is not None:
                (path / file).write_text(f"{text}\n")
        node = self.node(path)
        node.parent.mkdir(parents=True, exist_ok=True)
        node.touch()
        if configuration:
            self._interface(path, 0, "02", "02", "00")
            if tty is not None:
                (path / f"{name}:1.0" / "tty" / tty).mkdir(parents=True)
                (self.sysfs / "class/tty" / tty).mkdir(parents=True, exist_ok=True)
                link = self.sysfs / "class/tty" / tty / "device"
                link.unlink(missing_ok=True)
                link.symlink_to(path / f"{name}:1.0")
                (self.dev / tty).touch()
            if bulk:
                self._interface(path, 2, "ff", "4f", "43")
        return path

    def node(self, path: Path) -> Path:
        """The device node that belongs to a device's folder."""
        bus, address = (int((path / name).read_text()) for name in ("busnum", "devnum"))
        return self.dev / f"bus/usb/{bus:03d}/{address:03d}"

    def _interface(self, path: Path, number: int, *triple: str) -> None:
        folder = path / f"{path.name}:1.{number}"
        folder.mkdir()
        for name, text in zip(
            ("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol"), triple, strict=True
        ):
            (folder / name).write_text(f"{text}\n")
