"""Callbacks: a program's function is called for every event of a camera, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from oralcam import log
from oralcam.errors import CameraClosed, DeviceDisconnected
from oralcam.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.events.buffer import EventBuffer
    from oralcam.link.reconnecting import ReconnectingLink

LOOK_S = 0.25  # between two looks whether anybody still wants to be called


class Callbacks:
    """The calls of one function, from construction until `stop`, or until the camera is closed."""

    def __init__(
        self, events: EventBuffer, link: ReconnectingLink, callback: Callable[[Event], None]
    ) -> None:
        self._events = events
        self._link = link
        self._callback = callback
        self._stopped = threading.Event()
        with link.monitor:
            self._place = events.place
        self._serial_number = link.connection.hello.serial_number
        self._thread = threading.Thread(
            target=self._run, name=f"oralcam-events-{self._serial_number}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop calling: no call begins after this. From another thread, none is under way either."""
        self._stopped.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set() and not self._link.closed:
            try:
                events, self._place = self._events.after(self._place, self._link, LOOK_S)
            except DeviceDisconnected:
                self._wait_for_its_return()
                continue
            for event in events:
                self._call(event)

    def _wait_for_its_return(self) -> None:
        try:
            self._link.wait_connected(LOOK_S)
        except CameraClosed:
            pass  # the loop sees it too

    def _call(self, event: Event) -> None:
        if self._stopped.is_set():
            return
        try:
            self._callback(event)
        except Exception:
            log.exception("a callback for events of camera %s failed", self._serial_number)
