from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.testbeds.usb_vm import kernel_image
from tools.testbeds.usb_vm.cpio import Cpio
from tools.testbeds.usb_vm.initramfs import INIT, run_files

BUSYBOX = shutil.which("busybox")
CPIO = shutil.which("cpio") or BUSYBOX


def unpack(archive: bytes, folder: Path) -> None:
    command = ["cpio", "-i"] if shutil.which("cpio") else ["busybox", "cpio", "-i"]
    subprocess.run(command, input=archive, cwd=folder, check=True, capture_output=True)


@pytest.mark.skipif(CPIO is None, reason="no cpio to read the archive with")
def test_another_cpio_reads_the_archive(tmp_path):
    cpio = Cpio()
    cpio.folder("bin")
    cpio.file("bin/tool", b"odd", 0o755)
    cpio.link("bin/other", "tool")
    cpio.file("empty", b"")

    unpack(bytes(cpio), tmp_path)

    assert (tmp_path / "bin/tool").read_bytes() == b"odd"
    assert (tmp_path / "bin/tool").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "bin/other").readlink() == Path("tool")
    assert (tmp_path / "empty").read_bytes() == b""


def test_an_archive_is_whole_words_so_that_another_may_follow():
    for size in range(5):
        cpio = Cpio()
        cpio.file("name", bytes(size))
        assert len(bytes(cpio)) % 4 == 0


def test_a_run_brings_its_command_its_share_and_its_mark():
    archive = run_files(Path("/tmp/a share"), "exec true\n", b"\0mark\0")
    for part in (b"/tmp/a share\n", b"exec true\n", b"\0mark\0"):
        assert part in archive


@pytest.mark.skipif(BUSYBOX is None, reason="no busybox: it is the shell that runs init")
def test_init_is_a_script_that_its_shell_can_read():
    subprocess.run([str(BUSYBOX), "sh", "-n", INIT], check=True)


def test_what_a_module_depends_on_is_read_from_the_module():
    assert kernel_image.module_depends(b"\x7fELF\0license=GPL\0depends=udc-core,usbcore\0name=x\0") == [
        "udc_core",
        "usbcore",
    ]
    assert kernel_image.module_depends(b"\x7fELF\0depends=\0name=x\0") == []


def test_the_kernel_is_found_inside_its_image():
    image = bytearray(0x400)
    image[kernel_image.SETUP_SECTORS] = 1
    image[kernel_image.HEADER_MAGIC : kernel_image.HEADER_MAGIC + 4] = b"HdrS"
    at = kernel_image.PAYLOAD
    image[at : at + 8] = (3).to_bytes(4, "little") + (8).to_bytes(4, "little")
    assert kernel_image.payload(bytes(image) + b"???kern" + b"size" + b"more") == b"kern"


def test_what_is_no_kernel_image_is_refused():
    with pytest.raises(ValueError, match="not a Linux kernel"):
        kernel_image.payload(bytes(0x400))
