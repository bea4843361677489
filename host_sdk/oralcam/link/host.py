"""The link's interface to the computer it runs on: the host's side of the firmware's `hal`."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from oralcam.link.monitor import Monitor
from oralcam.link.ports.serial_port import Port
from oralcam.usb.ids import is_usb_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.link.ports.counters import LinkCounters
    from oralcam.link.ports.transport import Transport
    from oralcam.trace.recorder import Recorder

JOIN_S = 0.8  # a reader that hangs in a file system must not keep `close` for longer


class Host:
    """Clocks, chance, threads and ports. A simulation brings its own, and decides what time it is."""

    def now(self) -> float:
        """Return the seconds of a clock that does not go back."""
        return time.monotonic()

    def unix_time(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def random_u32(self) -> int:
        """Return an unpredictable number."""
        return int.from_bytes(os.urandom(4), "little")

    def monitor(self) -> Monitor:
        """Return a monitor for one camera."""
        return Monitor()

    def flag(self) -> threading.Event:
        """Return an event that can be set and waited for."""
        return threading.Event()

    def open_port(self, name: str, recorder: Recorder | None, counters: LinkCounters) -> Transport:
        """Open a port by its name: a bulk interface ("usb:1-1"), a serial port or a URL of pyserial's.

        Raises `PortNotFound`, `PortInUse`; for a bulk interface `MissingExtra`, `DeviceDisconnected` too.
        """
        if is_usb_name(name):
            from oralcam.link.ports.usb_port import UsbPort  # mostly there is none, or it is not wanted

            return UsbPort(name, recorder, counters=counters)
        return Port(name, recorder)

    def ports_of(self, serial_number: str, last_port: str) -> list[str]:
        """Return the ports where a camera that was unplugged from `last_port` may be again, the best first.

        This class knows no other port than the last one; `oralcam.discovery.host.SystemHost` looks for more.
        """
        del serial_number
        return [last_port]

    def start_reader(self, read: Callable[[], None], name: str) -> Callable[[], None]:
        """Run `read` beside the caller; return a function that waits for its end."""
        thread = threading.Thread(target=read, name=name, daemon=True)
        thread.start()

        def join() -> None:
            if threading.current_thread() is not thread:
                thread.join(JOIN_S)

        return join
