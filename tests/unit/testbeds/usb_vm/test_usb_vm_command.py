from __future__ import annotations

import shutil

import pytest

from tools.testbeds.usb_vm import __main__ as usb_vm
from tools.testbeds.usb_vm import packages
from tools.testbeds.usb_vm.errors import MissingPart
from tools.testbeds.usb_vm.kernel import Kernel


def test_help_shows_examples(capsys):
    with pytest.raises(SystemExit) as left:
        usb_vm.main(["--help"])
    assert left.value.code == 0
    assert "python -m tools.testbeds.usb_vm -- uname -a" in capsys.readouterr().out


def test_without_a_command_it_says_how_to_name_one(capsys):
    with pytest.raises(SystemExit) as left:
        usb_vm.main([])
    assert left.value.code == 2
    assert "-- uname -a" in capsys.readouterr().err


def test_a_vm_too_small_to_boot_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        usb_vm.main(["--memory", "64", "--", "true"])
    assert left.value.code == 2
    assert "256 MB or more" in capsys.readouterr().err


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """No qemu, no busybox, nothing fetched before."""
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_a_missing_qemu_is_one_sentence_and_an_exit_code(bare_machine, capfd):
    assert usb_vm.main(["--", "true"]) == 120
    said = capfd.readouterr().err
    assert said == (
        "tools.testbeds.usb_vm: The VM needs qemu-system-x86_64: "
        "run `python -m tools.testbeds.usb_vm --install` (as root), "
        "or install the Debian package qemu-system-x86.\n"
    )


def test_a_cache_that_cannot_be_written_is_named(monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(packages, "program", lambda package: tmp_path)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert usb_vm.main(["--", "true"]) == 120
    assert "cannot be kept in" in capfd.readouterr().err


def test_a_kernel_without_the_module_is_named(tmp_path):
    kernel = tmp_path / "trixie"
    (kernel / "root/usr/lib/modules/6.1-x/kernel").mkdir(parents=True)
    (kernel / "vmlinux").touch()
    with pytest.raises(MissingPart, match=r"6\.1-x has no module dummy_hcd"):
        Kernel(tmp_path).modules(["dummy_hcd"])


def test_modules_come_after_what_they_need_and_built_in_ones_not_at_all(tmp_path):
    folder = tmp_path / "trixie/root/usr/lib/modules/6.1-x"
    (folder / "kernel").mkdir(parents=True)
    (tmp_path / "trixie/vmlinux").touch()
    (folder / "modules.builtin").write_text("kernel/drivers/virtio/virtio-pci.ko\n")
    (folder / "kernel/cdc-acm.ko").write_bytes(b"\0depends=usbcore\0")
    (folder / "kernel/usbcore.ko").write_bytes(b"\0depends=\0")
    assert list(Kernel(tmp_path).modules(["virtio_pci", "cdc_acm", "usbcore"])) == ["usbcore", "cdc_acm"]
