"""Debian's kernel: fetched, unpacked and never installed; its image and its modules in load order."""

from __future__ import annotations

import lzma
import shutil
import subprocess
from pathlib import Path

from tools.testbeds.debian import NotFetched, PrivateApt, unpack
from tools.testbeds.usb_vm import packages
from tools.testbeds.usb_vm.errors import MissingPart
from tools.testbeds.usb_vm.kernel_image import module_depends, payload, read_module

SUITES = ("trixie", "bookworm")  # 6.12 lets a CDC-ACM function name its protocol; 6.1 does not
UNPACK_TIMEOUT_S = 60


class Kernel:
    """A kernel in `folder`, fetched if it is not there yet; raises `MissingPart`."""

    def __init__(self, folder: Path, suite: str | None = None) -> None:
        wanted = (suite,) if suite else SUITES
        there = [folder / name for name in wanted if (folder / name / "vmlinux").exists()]
        self.folder = there[0] if there else _fetch(folder, wanted)
        self.image = self.folder / "vmlinux"
        modules = next((self.folder / "root").glob("**/lib/modules/*/kernel"), None)
        if modules is None:
            raise MissingPart(f"The kernel in {self.folder} has no modules: delete that folder.")
        self.version = modules.parent.name
        self._modules = {_name(path): path for path in modules.glob("**/*.ko*")}
        self._builtin = _builtin(modules.parent / "modules.builtin")

    def modules(self, names: list[str]) -> dict[str, bytes]:
        """The named modules and what they depend on, in the order in which to load them."""
        loaded: dict[str, bytes] = {}
        for name in names:
            self._add(name, loaded)
        return loaded

    def _add(self, name: str, loaded: dict[str, bytes]) -> None:
        if name in loaded or name in self._builtin:
            return
        path = self._modules.get(name)
        if path is None:
            raise MissingPart(f"Kernel {self.version} has no module {name}: try another with --suite.")
        module = read_module(path)
        for needed in module_depends(module):
            self._add(needed, loaded)
        loaded[name] = module


def _builtin(file: Path) -> set[str]:
    lines = file.read_text().splitlines() if file.exists() else []
    return {_name(Path(line)) for line in lines}


def _name(path: Path) -> str:
    """A module's name as the kernel writes it; in the names of files it may have hyphens."""
    return path.name.split(".ko")[0].replace("-", "_")


def _fetch(folder: Path, suites: tuple[str, ...]) -> Path:
    reasons = []
    for suite in suites:
        target = folder / suite
        target.mkdir(parents=True, exist_ok=True)
        try:
            _fetch_from(suite, target)
            return target
        except NotFetched as error:
            reasons.append(str(error))
        finally:
            shutil.rmtree(target / "apt", ignore_errors=True)
    raise MissingPart(f"Debian's kernel could not be fetched ({'; '.join(reasons)}).")


def _fetch_from(suite: str, target: Path) -> None:
    apt = PrivateApt(target / "apt", suite, "amd64")
    apt.update()
    newest = [name for name in apt.depends("linux-image-amd64") if name.startswith("linux-image-")]
    if not newest:
        raise NotFetched(f"{suite}: linux-image-amd64 names no kernel")
    shutil.rmtree(target / "root", ignore_errors=True)
    unpack(apt.fetch(newest[0]), target / "root")
    image = next((target / "root/boot").glob("vmlinuz-*"))
    half = target / "vmlinux.part"
    half.write_bytes(_unpacked(image))
    half.replace(target / "vmlinux")  # last: where it is, all is


def _unpacked(image: Path) -> bytes:
    """The kernel as an ELF file: qemu starts that directly, no unpacking under emulation."""
    packed = payload(image.read_bytes())
    if packed.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMADecompressor().decompress(packed)
    done = subprocess.run(
        [packages.program("zstd"), "-dcq"],
        input=packed,
        capture_output=True,
        timeout=UNPACK_TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise NotFetched(f"{image.name} cannot be unpacked: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
