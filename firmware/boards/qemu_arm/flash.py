"""A NOR flash in the shared memory, and the file system on it: what is written survives the machine's end.

The host may have the power cut at the n-th write or erasure, in its middle: half of it has happened then.
"""

import os

import mps2
import vfs

from boards.qemu_arm.layout import FLASH
from boards.qemu_arm.memory import put, region

BLOCK = 4096
ERASED = b"\xff" * 256
BLOCKS_COUNT, BLOCK_SIZE, BLOCK_ERASE = 4, 5, 6  # MicroPython's ioctl numbers of a block device
UNIT = 256


class Flash:
    """A block device as MicroPython's file systems use one. `cut_at` is 0 for a power supply that holds."""

    def __init__(self, cut_at: int = 0) -> None:
        self._memory = region(FLASH)
        self._writes = 0
        self._cut_at = cut_at

    def readblocks(self, block: int, into: bytearray, offset: int = 0) -> None:
        """Copy bytes out."""
        at = block * BLOCK + offset
        into[:] = self._memory[at : at + len(into)]

    def writeblocks(self, block: int, data: bytearray, offset: int = 0) -> None:
        """Program bytes that were erased."""
        at = block * BLOCK + offset
        if self._is_cut():
            put(self._memory, at, memoryview(data)[: len(data) // 2])
            mps2.cut_power()
        put(self._memory, at, data)

    def ioctl(self, request: int, block: int) -> int:
        """Answer what a file system asks, or erase a block."""
        if request == BLOCKS_COUNT:
            return FLASH[1] // BLOCK
        if request == BLOCK_SIZE:
            return BLOCK
        if request == BLOCK_ERASE:
            self._erase(block)
        return 0

    def _erase(self, block: int) -> None:
        start = block * BLOCK
        end = start + (BLOCK // 2 if self._is_cut() else BLOCK)
        for at in range(start, end, len(ERASED)):
            put(self._memory, at, ERASED)
        if self._writes == self._cut_at:
            mps2.cut_power()

    def _is_cut(self) -> bool:
        self._writes += 1
        return self._writes == self._cut_at


def mount(flash: Flash, folders: "tuple[str, ...]") -> None:
    """Mount the flash at /flash, formatted if it holds nothing, with these folders on it."""
    try:
        vfs.mount(vfs.VfsLfs2(flash, readsize=UNIT, progsize=UNIT), "/flash")
    except OSError:
        vfs.VfsLfs2.mkfs(flash, readsize=UNIT, progsize=UNIT)
        vfs.mount(vfs.VfsLfs2(flash, readsize=UNIT, progsize=UNIT), "/flash")
    for folder in folders:
        try:
            os.mkdir("/flash/" + folder)
        except OSError:
            pass  # it is there
