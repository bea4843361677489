"""An emulator's port over TCP, for hosts without ptys (Windows) and for other machines."""

from __future__ import annotations

import os
import select
import socket
import sys
import threading

CHUNK = 65536
WAIT_S = 0.5


class TcpPort:
    """A serial port served at `url`; open that with `Camera.open(url)`. One host at a time, as with a cable.

    While the camera is unplugged, a host that connects is hung up on; once it is back, hosts are served
    again. It listens on loopback unless told otherwise: any program that reaches the port has the camera.
    """

    def __init__(self, port_path: str, tcp_port: int = 0, host: str = "127.0.0.1") -> None:
        self._path = port_path
        self._serial = _opened(port_path)
        try:
            self._listener = socket.create_server((host, tcp_port))
        except OSError:
            os.close(self._serial)
            raise
        self._wake_in, self._wake_out = os.pipe()
        address, number = self._listener.getsockname()[:2]
        self.url = f"socket://{address}:{number}"
        self._thread = threading.Thread(target=self._serve, name="oralcam-tcp", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up and stop listening. Harmless when repeated."""
        if self._thread.is_alive():
            os.write(self._wake_out, b"c")
            self._thread.join()
            self._listener.close()
            for descriptor in (self._serial, self._wake_in, self._wake_out):
                if descriptor >= 0:
                    os.close(descriptor)

    def __enter__(self) -> TcpPort:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        while True:
            ready, _, _ = select.select([self._listener.fileno(), self._wake_in], [], [])
            if self._wake_in in ready:
                return
            connection, _ = self._listener.accept()
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if self._plugged_in() and not self._relay(connection):
                    return

    def _plugged_in(self) -> bool:
        """Tell whether there is a camera.

        The port of one that was plugged in again is another one, at the same path.
        """
        if self._serial >= 0 and not _hung_up(self._serial):
            return True
        if self._serial >= 0:
            os.close(self._serial)
        try:
            self._serial = _opened(self._path)
        except OSError:
            self._serial = -1
        return self._serial >= 0

    def _relay(self, connection: socket.socket) -> bool:
        """Copy both ways until the host hangs up; return False when closed meanwhile."""
        ends = {self._serial: connection.fileno(), connection.fileno(): self._serial}
        while True:
            ready, _, _ = select.select([*ends, self._wake_in], [], [])
            if self._wake_in in ready:
                return False
            for source in ready:
                try:
                    data = os.read(source, CHUNK)
                    if not data or not self._copy(data, ends[source]):
                        return True
                except OSError:
                    return True  # the host hung up, or the camera was unplugged

    def _copy(self, data: bytes, target: int) -> bool:
        view = memoryview(data)
        while view:
            _, writable, _ = select.select([self._wake_in], [target], [], WAIT_S)
            if not writable:
                return False  # a side that does not read: as good as unplugged
            view = view[os.write(target, view) :]
        return True


def _opened(path: str) -> int:
    return os.open(path, os.O_RDWR | getattr(os, "O_NOCTTY", 0))


def _hung_up(descriptor: int) -> bool:
    if sys.platform == "win32":
        return False  # there is no emulator there either
    poll = select.poll()
    poll.register(descriptor, 0)  # a hang-up is told unasked
    return bool(poll.poll(0))
