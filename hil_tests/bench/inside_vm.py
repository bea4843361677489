"""`--bench usb-vm`: the same pytest command once more, inside the USB VM."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from hil_tests.bench.compiled_firmware import compile_firmware
from hil_tests.signals import sigterm_as_ctrl_c
from tools.testbeds.usb_vm.guest import inside

STOP_S = 10.0
# what these tests have no use for; hypothesis alone takes five seconds to load in there
LEAN = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
REPOSITORY = Path(__file__).resolve().parents[2]
VERBOSE = "ORALCAM_VM_VERBOSE"


def is_inside() -> bool:
    """Tell whether this runs inside the VM."""
    return inside()


def run_inside(arguments: Sequence[str], folder: Path, files: Mapping[str, Path]) -> int:
    """Run pytest with these arguments inside the VM; return its exit code, or the VM's own if it fails.

    `files` maps options to files that pytest writes: they are written where the VM may, then brought here.
    """
    with tempfile.TemporaryDirectory(prefix="oralcam-vm-results-") as results:
        compile_firmware(Path(results, "firmware"))
        shares = {option: Path(results, file.name) for option, file in files.items()}
        command = [
            *(sys.executable, "-m", "tools.testbeds.usb_vm", "--share", results),
            *(["--verbose"] if os.environ.get(VERBOSE) else []),
            *("--", sys.executable, "-m", "pytest", *LEAN, *arguments),
            *(f"{option}={share}" for option, share in shares.items()),  # the last of an option counts
        ]
        firmware = os.environ.get("ORALCAM_FIRMWARE", str(Path(results, "firmware")))
        path = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH", "")]))
        code = _run(command, folder, {**os.environ, "PYTHONPATH": path, "ORALCAM_FIRMWARE": firmware})
        for option, share in shares.items():
            if share.exists():
                target = folder / files[option]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(share, target)
        return code


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> int:
    """Run the VM; whatever ends this program ends the VM."""
    with sigterm_as_ctrl_c(), subprocess.Popen(command, cwd=folder, env=environment) as running:
        try:
            return running.wait()
        except BaseException:
            running.send_signal(signal.SIGINT)
            running.wait(STOP_S)
            raise
