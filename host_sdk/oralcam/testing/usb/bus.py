"""An emulated USB bus: a pyusb `IBackend` on which devices with any descriptors appear, misbehave and vanish.

    bus = UsbBus()
    bus.plug(BusDevice("1-1", serial_number="OC-1", wire=end_of_a_socket))
    UsbPort("usb:1-1", backend=bus)

With `oralcam.testing.usb.host` the firmware of an `Emulator(bulk=True)` is behind it. What it cannot show is
the kernel: that takes a virtual machine, which the repository has beside it.
"""

from __future__ import annotations

import errno
import select
import socket
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from usb.backend import IBackend
from usb.core import USBError

from oralcam.testing.usb import descriptors
from oralcam.testing.usb.device import BusDevice, failure
from oralcam.testing.usb.wire import SLICE_S, receive, send, slices
from oralcam.usb.interface import Alternate


class _Handle:
    def __init__(self, device: BusDevice) -> None:
        self.device = device
        self.address = device.address


class UsbBus(IBackend):  # type: ignore[misc]  # pyusb has no types
    """An emulated USB bus.

    `open_handles` counts; `on_call` is called with the name of every call before it is served.
    """

    def __init__(self) -> None:
        super().__init__()
        self.devices: list[BusDevice] = []
        self.open_handles = 0
        self.written: list[int] = []  # the length of every bulk write
        self.on_call: Callable[[str], None] | None = None
        self._addresses = 1
        self._turn = threading.Lock()

    def plug(self, device: BusDevice) -> None:
        """Plug the device in, under an address of its own."""
        with self._turn:
            self._addresses += 1
            device.address = self._addresses
            self.devices = [*self.devices, device]

    def unplug(self, device: BusDevice) -> None:
        """Pull the device out; every use of it fails from now on. Harmless if it has vanished."""
        self.devices = [other for other in self.devices if other is not device]
        device.claimed.clear()
        device.settings.clear()

    # -- what pyusb calls ----------------------------------------------------------------------------

    def enumerate_devices(self) -> Iterator[BusDevice]:
        """Yield the devices that are there."""
        self._called("enumerate_devices")
        for device in self.devices:
            device.refresh()
        return iter([device for device in self.devices if device.is_present])

    def get_parent(self, dev: BusDevice) -> None:
        """Return None: no program here asks for a device's hub."""

    def get_device_descriptor(self, dev: BusDevice) -> SimpleNamespace:
        """Return the descriptor as libusb has it in its memory."""
        self._called("get_device_descriptor")
        return descriptors.of_device(dev)

    def get_configuration_descriptor(self, dev: BusDevice, config: int) -> SimpleNamespace:
        """Return the descriptor of the only configuration."""
        self._reached(dev, "get_configuration_descriptor")
        if config:
            raise IndexError(config)
        return descriptors.of_configuration(dev)

    def get_interface_descriptor(self, dev: BusDevice, intf: int, alt: int, config: int) -> SimpleNamespace:
        """Return an interface's descriptor by index, as everywhere in pyusb."""
        self._reached(dev, "get_interface_descriptor")
        return descriptors.of_interface(dev, self._alternate(dev, intf, alt))

    def get_endpoint_descriptor(
        self, dev: BusDevice, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        """Return an endpoint's descriptor by index."""
        self._reached(dev, "get_endpoint_descriptor")
        return descriptors.of_endpoint(self._alternate(dev, intf, alt).endpoints[ep])

    def open_device(self, dev: BusDevice) -> _Handle:
        """Open a device. Raises EACCES where a test wants that."""
        self._reached(dev, "open_device")
        if dev.is_denied:
            raise failure(errno.EACCES)
        self.open_handles += 1
        return _Handle(dev)

    def close_device(self, dev_handle: _Handle) -> None:
        """Close a device: what it claimed is free."""
        self.open_handles -= 1
        claimed = dev_handle.device.claimed
        for number in [number for number, holder in claimed.items() if holder is dev_handle]:
            del claimed[number]

    def set_configuration(self, dev_handle: _Handle, config_value: int) -> None:
        """Set the configuration, unless an interface is in use."""
        device = self._used(dev_handle, "set_configuration")
        if device.configuration and (device.kernel_drivers or device.claimed):
            raise failure(errno.EBUSY)
        device.configuration = config_value

    def get_configuration(self, dev_handle: _Handle) -> int:
        """Return the configuration's number; 0 if none is set."""
        return self._used(dev_handle, "get_configuration").configuration

    def set_interface_altsetting(self, dev_handle: _Handle, intf: int, altsetting: int) -> None:
        """Choose the alternate setting of a claimed interface."""
        device = self._used(dev_handle, "set_interface_altsetting")
        if device.claimed.get(intf) is not dev_handle:
            raise failure(errno.ENOENT)
        device.settings[intf] = altsetting

    def claim_interface(self, dev_handle: _Handle, intf: int) -> None:
        """Claim an interface. Raises EBUSY if a program or the kernel has it."""
        device = self._used(dev_handle, "claim_interface")
        if intf not in [alternate.number for alternate in device.offered()]:
            raise failure(errno.ENOENT)
        if intf in device.kernel_drivers or device.claimed.get(intf, dev_handle) is not dev_handle:
            raise failure(errno.EBUSY)
        device.claimed[intf] = dev_handle

    def release_interface(self, dev_handle: _Handle, intf: int) -> None:
        """Release an interface. Raises ENOENT if it was not claimed."""
        device = self._used(dev_handle, "release_interface")
        if device.claimed.pop(intf, None) is not dev_handle:
            raise failure(errno.ENOENT)

    def is_kernel_driver_active(self, dev_handle: _Handle, intf: int) -> bool:
        """Tell whether the kernel has the interface, as Linux does."""
        return intf in self._used(dev_handle, "is_kernel_driver_active").kernel_drivers

    def detach_kernel_driver(self, dev_handle: _Handle, intf: int) -> None:
        """Take the interface from the kernel, as on Linux."""
        self._used(dev_handle, "detach_kernel_driver").kernel_drivers.remove(intf)

    def attach_kernel_driver(self, dev_handle: _Handle, intf: int) -> None:
        """Give the interface back to the kernel, as on Linux."""
        self._used(dev_handle, "attach_kernel_driver").kernel_drivers.add(intf)

    def clear_halt(self, dev_handle: _Handle, ep: int) -> None:
        """Make a stalled endpoint work again."""
        self._used(dev_handle, "clear_halt").halted.discard(ep)

    def ctrl_transfer(
        self,
        dev_handle: _Handle,
        bmRequestType: int,
        bRequest: int,
        wValue: int,
        wIndex: int,
        data: array[int],
        timeout: int,
    ) -> int:
        """Answer requests for string descriptors; all others stall."""
        device = self._used(dev_handle, "ctrl_transfer")
        kind, index = wValue >> 8, wValue & 0xFF
        if (bmRequestType, bRequest, kind) != (0x80, 6, 3):
            raise failure(errno.EPIPE)
        answer = device.string_descriptor(index)[: len(data)]
        data[: len(answer)] = array("B", answer)
        return len(answer)

    def bulk_write(self, dev_handle: _Handle, ep: int, intf: int, data: array[int], timeout: int) -> int:
        """Return how many bytes the device took within `timeout` ms. Raises a timeout if there were none."""
        self.written.append(len(data))
        view = memoryview(data.tobytes())
        with self._transfer(dev_handle, "bulk_write", ep) as (wire, check):
            for _ in slices(timeout):
                check()
                _, ready, _ = select.select([], [wire], [], SLICE_S)
                if ready:
                    view = view[send(wire, view) :]
                if not view:
                    break
        if data and len(view) == len(data):
            raise failure(errno.ETIMEDOUT)
        return len(data) - len(view)

    def bulk_read(self, dev_handle: _Handle, ep: int, intf: int, buff: array[int], timeout: int) -> int:
        """Read up to a short packet, a full buffer or the timeout, as on a wire.

        What the device wrote in one go ends in a short packet, unless it fills the last one.
        """
        packet_size = self._packet_size(dev_handle.device, ep)
        if len(buff) % packet_size:
            raise failure(errno.EOVERFLOW)
        view, got = memoryview(buff), 0
        with self._transfer(dev_handle, "bulk_read", ep) as (wire, check):
            for _ in slices(timeout):
                check()
                ready, _, _ = select.select([wire], [], [], SLICE_S)
                if ready:
                    piece = receive(wire, len(buff) - got)
                    view[got : got + len(piece)] = piece
                    got += len(piece)
                if got == len(buff) or got % packet_size:
                    break
        if not got:
            raise failure(errno.ETIMEDOUT)
        return got

    # -- how it works --------------------------------------------------------------------------------

    @contextmanager
    def _transfer(
        self, handle: _Handle, name: str, endpoint: int
    ) -> Iterator[tuple[socket.socket, Callable[[], None]]]:
        """Give the wire for this transfer only; raise what fails once the device cannot go on with it."""

        def check() -> None:
            self._check_endpoint(self._used(handle, ""), handle, endpoint)

        device = self._used(handle, name)
        check()
        try:
            with device.own_wire() as wire:
                yield wire, check
        except USBError:
            raise
        except (OSError, ValueError) as error:
            raise failure(errno.ENODEV) from error  # the firmware has ended: its device is gone

    def _check_endpoint(self, device: BusDevice, handle: _Handle, endpoint: int) -> None:
        number = next(
            (each.number for each in device.offered() for end in each.endpoints if end.address == endpoint),
            None,
        )
        if number is None or device.claimed.get(number) is not handle:
            raise failure(errno.EIO)
        if endpoint in device.halted:
            raise failure(errno.EPIPE)

    def _packet_size(self, device: BusDevice, endpoint: int) -> int:
        ends = [end for each in device.interfaces for end in each.endpoints if end.address == endpoint]
        return ends[0].packet_size

    def _alternate(self, device: BusDevice, index: int, setting: int) -> Alternate:
        numbers = list(dict.fromkeys(alternate.number for alternate in device.offered()))
        return [each for each in device.offered() if each.number == numbers[index]][setting]

    def _called(self, name: str) -> None:
        if self.on_call is not None and name:
            self.on_call(name)

    def _reached(self, device: BusDevice, name: str) -> None:
        self._called(name)
        device.refresh()
        if device not in self.devices or not device.is_present:
            raise failure(errno.ENODEV)

    def _used(self, handle: _Handle, name: str) -> BusDevice:
        self._reached(handle.device, name)
        if handle.address != handle.device.address:
            raise failure(errno.ENODEV)  # it was unplugged, and is another device now
        return handle.device
