"""One device that is connected by USB with the camera's numbers."""

from __future__ import annotations


class UsbDevice:
    """A device with the camera's vendor and product number, as far as it can be known without opening it.

    (No dataclass: `oralcam list` is in a hurry.)
    """

    def __init__(
        self,
        location: str = "",
        serial_number: str = "",
        *,
        manufacturer: str = "",
        product: str = "",
        serial_ports: tuple[str, ...] = (),
        has_bulk: bool = False,
        is_complete: bool = True,
        denied: tuple[str, ...] = (),
    ) -> None:
        self.location = location  # such as "usb:1-1", the name of its bulk interface; "" if unknown
        self.serial_number = serial_number
        self.manufacturer = manufacturer  # its own word; "" also where only the system's is known
        self.product = product
        self.serial_ports = serial_ports
        self.has_bulk = has_bulk
        self.is_complete = is_complete  # False: still being set up, or stuck in that
        self.denied = denied  # of its ports, those which may not be opened by this user

    def __repr__(self) -> str:
        return f"UsbDevice({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"
