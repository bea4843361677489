"""A host whose USB bus is emulated, and emulated cameras on it, with a bulk interface and a serial port.

with Emulator(bulk=True) as emulator, EmulatedUsb() as usb:
    usb.add(emulator)
    Camera.open(emulator.serial_number, host=usb)
"""

from __future__ import annotations

import os
import socket

from oralcam.discovery.cameras import CameraInfo, cameras_of
from oralcam.discovery.host import SystemHost
from oralcam.discovery.pyusb import pyusb_devices
from oralcam.discovery.usb_device import UsbDevice
from oralcam.discovery.usb_devices import joined
from oralcam.emulator.emulator import Emulator
from oralcam.link.ports.counters import LinkCounters
from oralcam.link.ports.serial_port import Port
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BULK_INTERFACE, BusDevice
from oralcam.trace.recorder import Recorder
from oralcam.usb.ids import PREFIX, is_usb_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.link.ports.transport import Transport

__all__ = ["EmulatedUsb"]


class EmulatedCamera(BusDevice):
    """The USB device of an `Emulator(bulk=True)`: there while that has power, a new one after each plug."""

    def __init__(self, emulator: Emulator, location: str, bus: UsbBus, serial_port: str) -> None:
        super().__init__(location, serial_number=emulator.serial_number)
        self.serial_port = serial_port
        self._emulator = emulator
        self._bus = bus
        self._end: socket.socket | None = None

    def refresh(self) -> None:
        """Look at the emulator's end: another one than last time is another plug."""
        with self.plugging:
            end = self._emulator.bulk
            if end is self._end:
                return
            self.close()
            try:
                self.wire = None if end is None else end.dup()  # ours to keep while a transfer waits
            except OSError:
                return  # unplugged in this very moment
            self._end = end
            self._bus.unplug(self)
            self._bus.plug(self)

    @property
    def is_present(self) -> bool:
        """True while the board has power."""
        return self.wire is not None

    def pull_bulk(self) -> None:
        """Take the bulk interface away; the serial port stays."""
        self.pulled.add(BULK_INTERFACE)
        self.claimed.pop(BULK_INTERFACE, None)

    def give_back_bulk(self) -> None:
        """Give the bulk interface back."""
        self.pulled.discard(BULK_INTERFACE)

    def close(self) -> None:
        """Close its end of the wire; the emulator's end stays."""
        with self.plugging:
            wire, self.wire = self.wire, None
            if wire is not None:
                wire.close()


class EmulatedUsb(SystemHost):
    """A host that sees the emulated bus and the serial ports of the cameras on it, and nothing else."""

    def __init__(self) -> None:
        self.bus = UsbBus()
        self._cameras: list[EmulatedCamera] = []

    def add(
        self, emulator: Emulator, location: str = "1-1", serial_port: str | None = None
    ) -> EmulatedCamera:
        """Plug an emulator's camera in; `serial_port` is another way to its serial port than its own."""
        camera = EmulatedCamera(emulator, location, self.bus, serial_port or emulator.port)
        self._cameras.append(camera)
        self.bus.plug(camera)
        camera.refresh()
        return camera

    def cameras(self) -> list[CameraInfo]:
        """Return the cameras as `list_cameras` would list them."""
        serial_ports = [
            UsbDevice(location=_location(camera), serial_ports=(camera.serial_port,))
            for camera in self._cameras
            if os.path.exists(camera.serial_port)
        ]
        return cameras_of(joined(pyusb_devices(self.bus), serial_ports))

    def open_port(self, name: str, recorder: Recorder | None, counters: LinkCounters) -> Transport:
        """Open a port on the emulated bus."""
        if is_usb_name(name):
            return UsbPort(name, recorder, backend=self.bus, counters=counters)
        return Port(name, recorder)

    def __enter__(self) -> EmulatedUsb:
        return self

    def __exit__(self, *_: object) -> None:
        for camera in self._cameras:
            camera.close()


def _location(camera: BusDevice) -> str:
    return f"{PREFIX}{camera.bus}-{'.'.join(map(str, camera.ports))}"
