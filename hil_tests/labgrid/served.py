"""The example's bench: emulated camera and rig, as raw TCP on loopback, as ser2net serves real ones."""

from __future__ import annotations

from contextlib import ExitStack

from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.rig.emulator import RigEmulator
from oralcam.emulator.tcp import TcpPort

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

PHOTO_BYTES = 300_000  # as an emulated bench


class ServedBench:
    """The bench, from construction to `close`, or as a context.

    `tcp_ports` is where its parts are, on loopback.
    """

    def __init__(self) -> None:
        with ExitStack() as stack:
            self.camera = EmulatedCamera(PHOTO_BYTES, "flash")
            stack.callback(self.camera.close)
            rig = RigEmulator(self.camera)
            stack.callback(rig.close)
            served = {
                "camera": stack.enter_context(TcpPort(self.camera.ports["cdc"])),
                "rig": stack.enter_context(TcpPort(rig.port)),
            }
            self.tcp_ports: Mapping[str, int] = {
                part: int(port.url.rpartition(":")[2]) for part, port in served.items()
            }
            self._held = stack.pop_all()

    def close(self) -> None:
        """Hang up, and pull the plug."""
        self._held.close()

    def __enter__(self) -> ServedBench:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
