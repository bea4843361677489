"""libusb, through pyusb: a context for each use, from which everything is given back.

pyusb's own context lasts as long as the program and is shared by all. A context of our own sees what is
connected now, also where no udevd tells libusb of changes; and cameras do not wait for each other in it.
"""

from __future__ import annotations

from oralcam.errors import MissingExtra
from oralcam.usb.ids import port_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# what pyusb lets through when a device goes or lies (its USBError is an OSError)
FAILED = (OSError, ValueError, IndexError, NotImplementedError)


class Libusb:
    """The USB devices of a moment; with `backend`, a pyusb `IBackend`, those of that backend.

    Raises `MissingExtra` where there is no pyusb or no libusb. After `close` no device may be used.
    """

    def __init__(self, backend: Any = None) -> None:
        self._is_own = backend is None
        self._backend = _fresh_backend() if backend is None else backend
        self._held: list[tuple[Any, Any]] = []  # what the backend gave, and pyusb's device around it

    def find(self, wanted: Callable[[Any], bool]) -> list[Any]:
        """Return the devices (`usb.core.Device`) for which `wanted`; those that go meanwhile are
        passed over.
        """
        from usb.core import Device

        listing = self._backend.enumerate_devices()
        given = list(listing)
        _finalize(listing)
        found = []
        for raw in given:
            try:
                device = Device(raw, self._backend)
                is_wanted = wanted(device)
            except FAILED:
                is_wanted = False
            if is_wanted:
                self._held.append((raw, device))
                found.append(device)
            else:
                _finalize(raw)
        return found

    def close(self) -> None:
        """Give back devices and context. Harmless when repeated."""
        from usb.util import dispose_resources

        held, self._held = self._held, []
        for raw, device in held:
            try:
                dispose_resources(device)
            except FAILED:
                pass  # it has gone, and its handle with it
            # now, not when the last traceback that knows it is forgotten: the context is gone by then
            _finalize(raw)
        if self._is_own:
            _finalize(self._backend)


def location_of(device: Any) -> str:
    """Return a device's port name, "usb:1-1.4"; "" for a root hub, and where libusb does not tell."""
    return (
        port_name(device.bus, device.port_numbers) if device.bus is not None and device.port_numbers else ""
    )


def _finalize(thing: Any) -> None:
    finalize = getattr(thing, "finalize", None)
    if finalize is not None:
        finalize()


def _fresh_backend() -> Any:
    try:
        from usb.backend import libusb1
    except ImportError as error:
        raise MissingExtra(
            'For the bulk interface pyusb is needed: pip install "oralcam[usb]" (`oralcam guide usb`).'
        ) from error
    shared = libusb1.get_backend()
    try:
        if shared is not None:
            return type(shared)(shared.lib)
    except FAILED:
        pass
    raise MissingExtra(
        "For the bulk interface libusb 1.0 is needed, which is not here or finds no USB "
        "(`oralcam guide usb`)."
    )
