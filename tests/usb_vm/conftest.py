"""These tests run inside the VM: `python -m tools.testbeds.usb_vm -- … -m pytest tests/usb_vm`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from oralcam.usb.libusb import Libusb
from tools.testbeds.usb_vm.gadget import Gadget
from tools.testbeds.usb_vm.guest import inside

collect_ignore_glob = [] if inside() else ["test_*.py"]


@pytest.fixture
def gadget() -> Iterator[Gadget]:
    """A camera's gadget, plugged in; nobody behind it."""
    with Gadget("VM-0001") as made:
        made.plug_in()
        yield made


@pytest.fixture
def leaks() -> Iterator[None]:
    """Fails if the test leaves threads or descriptors behind."""
    Libusb().close()  # the first keeps pyusb's own context open
    before = _open_things()
    yield
    assert _open_things() == before


def _open_things() -> tuple[int, list[str]]:
    return len(os.listdir("/proc/self/fd")), sorted(thread.name for thread in threading.enumerate())
