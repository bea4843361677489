"""The VM's USB host controller, taken from its driver and given back."""

from __future__ import annotations

from dataclasses import dataclass

from hil_tests.cameras.vm_camera import VmCamera
from hil_tests.errors import BenchError
from hil_tests.instruments.parts import Parts


class VmHostController:
    """The controller that the camera is at."""

    def __init__(self, camera: VmCamera) -> None:
        self._host = camera.gadget.host

    def reset(self) -> None:
        """Take the bus away; it comes back with what is on it."""
        self._host.stop()
        self._host.start()
        self._host.wait_configured()


@dataclass(frozen=True)
class VmController:
    """The controller of the VM, which needs no setup."""

    def open(self, parts: Parts) -> VmHostController:
        """Return the controller. Raises `BenchError` outside the VM."""
        if not isinstance(parts.camera, VmCamera):
            raise BenchError('driver = "vm" is for the bench usb-vm.')
        return VmHostController(parts.camera)
