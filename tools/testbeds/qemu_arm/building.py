"""Make what is not in the cache yet."""

from __future__ import annotations

from collections.abc import Callable

from oralcam.emulator.micropython import firmware_folder
from oralcam.emulator.qemu_arm.images import PORT, Images, application_sources, images_for
from tools.testbeds.qemu_arm import packages
from tools.testbeds.qemu_arm.application import pack_application
from tools.testbeds.qemu_arm.interpreter import build_interpreter


def build(board: str, say: Callable[[str], None]) -> Images:
    """The images of a board, made from the sources as they are now; raises `NotFetched`."""
    firmware = firmware_folder()
    images = images_for(board, firmware)
    missing = packages.missing()
    if missing:
        say(f"installing {' '.join(missing)}")
        packages.install(missing)
    if not images.interpreter.exists():
        say(f"building MicroPython for {images.machine}")
        build_interpreter(firmware / PORT, images.machine, images.interpreter)
    if not images.application.exists():
        pack_application(dict(application_sources(firmware)), images.application)
    return images
