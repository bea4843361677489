"""One bench, open: the camera under test and the instruments that are there."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from hil_tests.bench.description import (
    BARE_METAL,
    EMULATOR,
    USB_VM,
    CameraDescription,
    Description,
    RigDescription,
)
from hil_tests.bench.inside_vm import is_inside
from hil_tests.cameras.camera_under_test import CameraUnderTest
from hil_tests.cameras.connected_camera import ConnectedCamera
from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.cameras.vm_camera import VmCamera
from hil_tests.errors import BenchError
from hil_tests.instruments.check import check
from hil_tests.instruments.parts import Parts
from hil_tests.rig.controller import RigController
from hil_tests.rig.emulator import RigEmulator
from hil_tests.rig.finding import port_of
from oralcam.errors import OralcamError
from tools.testbeds.debian import NotFetched
from tools.testbeds.qemu_arm.building import build
from tools.testbeds.usb_vm.kernel_files import GadgetError

LOOK_S = 0.01


class Bench:
    """An open bench, one for all tests.

    Raises `BenchError` for a camera or an instrument that does not answer.
    """

    def __init__(self, description: Description) -> None:
        self.description = description
        self.counts = description.counts
        self._instruments: dict[str, object] = {}
        with ExitStack() as stack:
            self.camera: CameraUnderTest = _open_camera(description.camera)
            stack.callback(self.camera.close)
            rig = None if description.rig is None else _open_rig(description.rig, self.camera, stack)
            parts = Parts(self.camera, rig)
            for kind, installed in description.instruments.items():
                try:
                    instrument = installed.resource.open(parts)
                    check(instrument)
                except OralcamError as error:
                    raise BenchError(f"{installed.place} {error}") from error
                self._instruments[kind] = instrument
            self._open = stack.pop_all()

    @property
    def hardware(self) -> bool:
        """True for a real camera, whose times count."""
        return self.description.hardware

    def instrument(self, kind: str) -> object | None:
        """Return an instrument by the description's word for it; None if the bench has none."""
        return self._instruments.get(kind)

    def instruments_told(self) -> dict[str, str]:
        """Return for reports the driver of each instrument, and how long it may be believed."""
        return {
            kind: f"{installed.driver}, {installed.calibration or 'not calibrated'}"
            for kind, installed in self.description.instruments.items()
        }

    def until(self, seen: Callable[[], object], what: object, patience_s: float = 0) -> None:
        """Wait until a look shows something true; fail when patience (the bench's, or another) ends."""
        patience_s = patience_s or self.counts.patience_s
        deadline = time.monotonic() + patience_s
        while not seen():
            assert time.monotonic() < deadline, f"in {patience_s} s: not {what}"
            time.sleep(LOOK_S)

    @staticmethod
    def now() -> float:
        """Return the seconds of a clock that does not go back."""
        return time.monotonic()

    def close(self) -> None:
        """Let go of camera and instruments."""
        self._open.close()


def _open_rig(description: RigDescription, camera: CameraUnderTest, stack: ExitStack) -> RigController:
    port = description.port
    try:
        if port == EMULATOR:
            if not isinstance(camera, EmulatedCamera):
                raise BenchError('port = "emulator": an emulated rig has pins at an emulated camera only.')
            emulator = RigEmulator(camera)
            stack.callback(emulator.close)
            port = emulator.port
        rig = RigController(port or port_of(description.serial_number))
        stack.callback(rig.close)
        if description.serial_number not in ("", rig.serial_number):
            raise BenchError(f"On {port} is rig {rig.serial_number}, not {description.serial_number}.")
    except OralcamError as error:
        raise BenchError(f"{description.place} {error}") from error
    return rig


def _open_camera(description: CameraDescription) -> CameraUnderTest:
    try:
        if description.port == EMULATOR:
            return EmulatedCamera(description.photo_bytes, description.store)
        if description.port in BARE_METAL:
            build(description.port, say=lambda text: print(text, file=sys.stderr))  # noqa: T201
            return EmulatedCamera(description.photo_bytes, description.store, board=description.port)
        if description.port == USB_VM:
            if not is_inside():
                raise BenchError(
                    'port = "usb-vm" is inside the VM: pytest hil_tests --bench usb-vm starts it.'
                )
            return VmCamera(description.photo_bytes, description.store)
        return ConnectedCamera(description.port, description.serial_number)
    except (OralcamError, GadgetError, NotFetched) as error:
        raise BenchError(f"{description.place} {error}") from error
