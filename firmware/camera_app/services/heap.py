"""How the heap is: measured when there is time, never in a request.

To find the largest free block, MicroPython must be asked for one that it has not got. With collection
switched off, such a question costs one look through the allocation table; it is asked downwards, so that only
the last one takes anything, and a collection gives that back.
"""

import asyncio
import gc

STEP = 4096
QUESTIONS = 8  # between two turns of the others
HAS_HEAP = hasattr(gc, "mem_free")  # CPython, which runs simulations, would collect its own for nothing


class Heap:
    """Bytes, as of the last `measure`. CPython, which has no such heap, counts none."""

    def __init__(self) -> None:
        self.free = 0
        self.used = 0
        self.largest = 0
        self._note()

    def collect(self) -> None:
        """Collect garbage: for moments in which nobody waits."""
        if HAS_HEAP:
            gc.collect()
        self._note()

    async def measure(self) -> None:
        """Collect, and find the largest free block, to the next STEP."""
        self.collect()
        wanted = self.free // STEP * STEP
        asked = 0
        while wanted > 0 and not _is_there(wanted):
            wanted -= STEP
            asked += 1
            if asked % QUESTIONS == 0:
                await asyncio.sleep(0)
        self.largest = wanted
        if HAS_HEAP:
            gc.collect()

    def _note(self) -> None:
        self.free = _told("mem_free")
        self.used = _told("mem_alloc")


def _is_there(size: int) -> bool:
    gc.disable()
    try:
        bytearray(size)
    except MemoryError:
        return False
    finally:
        gc.enable()
    return True


def _told(name: str) -> int:
    measure = getattr(gc, name, None)  # MicroPython's
    return measure() if measure is not None else 0
