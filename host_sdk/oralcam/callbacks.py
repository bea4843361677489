"""Calls a program's function for every event of a camera, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from oralcam import log
from oralcam.errors import CameraClosed, DeviceDisconnected
from oralcam.events import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.camera import Camera

LOOK_S = 0.25  # between two looks whether anybody still wants to be called


class Callbacks:
    """Runs from construction until `stop`, or until the camera is closed."""

    def __init__(self, camera: Camera, callback: Callable[[Event], None]) -> None:
        self._camera = camera
        self._callback = callback
        self._stopped = threading.Event()
        self._place = camera.event_place()
        name = f"oralcam-events-{camera.serial_number}"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No call begins after this; from another thread, none is under way either."""
        self._stopped.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set() and not self._camera.closed:
            try:
                events, self._place = self._camera.events_from(self._place, LOOK_S)
            except DeviceDisconnected:
                self._wait_for_its_return()
                continue
            for event in events:
                self._call(event)

    def _wait_for_its_return(self) -> None:
        try:
            self._camera.wait_connected(LOOK_S)
        except CameraClosed:
            pass  # the loop sees it too

    def _call(self, event: Event) -> None:
        if self._stopped.is_set():
            return
        try:
            self._callback(event)
        except Exception:
            log.exception("a callback for events of camera %s failed", self._camera.serial_number)
