"""The board's first start, which formats its flash; then no power."""

import asyncio

from tools.testbeds.qemu_arm.virtual_time.guest.ending import print_result
from tools.testbeds.qemu_arm.virtual_time.guest.world import open_board

LIMIT_S = 60


async def first_start() -> "dict[str, object]":
    """Nothing but that."""
    open_board()
    return {}


asyncio.run(print_result(first_start(), LIMIT_S))
