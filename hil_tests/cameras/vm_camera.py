"""The firmware behind a real kernel's USB: cdc_acm and libusb on the host's side. Inside the USB VM only."""

from __future__ import annotations

import importlib.util
import os
import secrets
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hil_tests.cameras.emulated_camera import EmulatedCamera
from tools.testbeds.usb_vm.connector import GadgetConnector
from tools.testbeds.usb_vm.gadget import Gadget

LAUNCHER = """\
#!/bin/sh
exec {python} -I -S -c 'import sys; sys.path.append("{packages}")
import micropython_unix
sys.exit(micropython_unix.main())' "$@"
"""


def lean_micropython(folder: Path) -> None:
    """Make an interpreter that starts without what Python loads for nobody: a second for each
    plug-in here.
    """
    if os.environ.get("MICROPYTHON"):
        return
    found = importlib.util.find_spec("micropython_unix")
    if found is not None and found.origin is not None:
        launcher = folder / "micropython"
        launcher.write_text(LAUNCHER.format(python=sys.executable, packages=Path(found.origin).parent))
        launcher.chmod(0o755)
        os.environ["MICROPYTHON"] = str(launcher)


class VmCamera(EmulatedCamera):
    """An emulated camera whose plug is a USB gadget's; both are at the ends of a cable inside the kernel."""

    def __init__(self, photo_bytes: int, store: str) -> None:
        serial_number = f"VM-{secrets.token_hex(3).upper()}"
        self._programs = tempfile.TemporaryDirectory(prefix="oralcam-vm-")
        lean_micropython(Path(self._programs.name))
        self.gadget = Gadget(serial_number)
        try:
            connector = GadgetConnector(self.gadget)
            super().__init__(photo_bytes, store, connector=connector, serial_number=serial_number)
        except BaseException:
            self.gadget.close()
            raise

    @property
    def ports(self) -> Mapping[str, str]:
        """The ports as the kernel names them now."""
        return {"cdc": self.emulator.port, "bulk": self.gadget.host.name}

    def close(self) -> None:
        """Pull the plug; the device is gone for good."""
        super().close()
        self.gadget.close()
        self._programs.cleanup()
