"""The gadget's vendor bulk interface, run from here: endpoints on one side, the firmware on the other."""

from __future__ import annotations

import socket
from pathlib import Path

from tools.testbeds.usb_vm.bulk_endpoints import BulkEndpoints
from tools.testbeds.usb_vm.bulk_pump import BulkPump
from tools.testbeds.usb_vm.function_descriptors import BulkDescription
from tools.testbeds.usb_vm.kernel_files import GadgetError


class BulkFunction:
    """The interface, from construction to `close`. Bind the gadget after it is made.

    With `survives` the interface stays on the bus after `abandon`, with nobody behind it; without, the whole
    device vanishes then, as one does whose firmware crashes.
    """

    def __init__(
        self, name: str, folder: Path, description: BulkDescription, *, survives: bool = False
    ) -> None:
        self._endpoints = BulkEndpoints(name, folder, description, survives=survives)
        self._pump: BulkPump | None = None

    def connect(self, firmware: socket.socket) -> None:
        """Carry bytes between the endpoints and `firmware`, which is ours from here on."""
        if self._pump is not None:
            raise GadgetError("The bulk interface is connected already: disconnect it first.")
        self._pump = BulkPump(self._endpoints, firmware)

    def disconnect(self) -> None:
        """Carry no more; harmless when repeated. Unbind before: the host's side may be blocked else."""
        pump, self._pump = self._pump, None
        if pump is not None:
            pump.stop()

    @property
    def dropped(self) -> int:
        """Bytes that the firmware sent, this time, and that no host was there for any more."""
        return 0 if self._pump is None else self._pump.dropped

    def packet_size(self) -> int:
        """Return the largest packet at the host's speed, bytes. Raises OSError while it has chosen none."""
        return self._endpoints.packet_size()

    def abandon(self) -> None:
        """Close the endpoints' files, as when the program behind them is gone. Harmless when repeated."""
        self._endpoints.abandon()

    def close(self) -> None:
        """Give everything back. Harmless when repeated."""
        self.disconnect()
        self._endpoints.close()
