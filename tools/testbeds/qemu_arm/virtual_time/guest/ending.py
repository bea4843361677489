"""The end of a guest program: its result, or what went wrong, and then no power."""

import asyncio
import json
import sys

import mps2

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Awaitable


async def print_result(work: "Awaitable[dict[str, object]]", limit_s: int) -> None:
    """Wait at most `limit_s` seconds of virtual time, print, and switch off."""
    try:
        print("\nRESULT " + json.dumps(await asyncio.wait_for(work, limit_s)))
    except BaseException as error:
        sys.print_exception(error)  # type: ignore[attr-defined]
    mps2.cut_power()
