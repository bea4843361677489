"""Carries bytes between the bulk endpoints and the firmware's socket.

Endpoint files know no poll, so each direction has a thread that blocks in a plain read or write. What the
host leaves undone when it goes is failed by the kernel (ESHUTDOWN), so both are free again at once.
"""

from __future__ import annotations

import os
import select
import socket
import threading
from collections.abc import Callable

from tools.testbeds.usb_vm.kernel_files import GadgetError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tools.testbeds.usb_vm.bulk_endpoints import BulkEndpoints

PIECE = 65536
JOIN_S = 5.0


class BulkPump:
    """Runs from construction to `stop`; over as many sessions with the host as there are."""

    def __init__(self, endpoints: BulkEndpoints, firmware: socket.socket) -> None:
        self._endpoints = endpoints
        self._firmware = firmware
        self._stopped = threading.Event()
        self.dropped = 0
        self._threads = [
            threading.Thread(target=self._carry, args=(carry,), name=f"usb-vm-{name}", daemon=True)
            for name, carry in (("from-host", self._from_host), ("to-host", self._to_host))
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End both directions. Raises `GadgetError` if the gadget was not unbound before."""
        self._stopped.set()
        self._endpoints.wake()
        try:
            self._firmware.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the firmware's end is closed
        for thread in self._threads:
            thread.join(JOIN_S)
        self._firmware.close()
        if any(thread.is_alive() for thread in self._threads):
            raise GadgetError("The bulk interface was disconnected while the gadget was bound.")

    def _carry(self, carry: Callable[[int], None]) -> None:
        session = 0
        while found := self._endpoints.wait_for_session(session, self._stopped):
            session = found
            try:
                carry(self._endpoints.packet_size())
            except OSError:
                continue  # the host went, or was reset: there may be another session
            return  # the firmware hung up

    def _from_host(self, packet_size: int) -> None:
        """One packet a read: a larger one would wait for a short packet, and a burst may have none."""
        while True:
            data = os.read(self._endpoints.from_host, packet_size)
            try:
                self._firmware.sendall(data)
            except OSError:
                return

    def _to_host(self, packet_size: int) -> None:
        while data := self._firmware.recv(PIECE):
            try:
                os.write(self._endpoints.to_host, data)
                if len(data) % packet_size == 0 and not _more(self._firmware):
                    os.write(self._endpoints.to_host, b"")  # else the host waits for the rest of its buffer
            except OSError:
                self.dropped += len(data)
                raise


def _more(firmware: socket.socket) -> bool:
    return bool(select.select([firmware], [], [], 0)[0])
