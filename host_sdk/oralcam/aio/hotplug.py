"""Cameras that come and go, as an asynchronous iterator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial

from oralcam.aio.waiting import Deadline
from oralcam.discovery.hotplug import POLL_S, Attendance, CameraChange


async def watch_cameras(timeout: float | None = None, *, present: bool = True) -> AsyncIterator[CameraChange]:
    """Yield cameras as they arrive and leave; see `oralcam.watch_cameras`."""
    attendance = await asyncio.to_thread(partial(Attendance, present=present))
    deadline = Deadline(timeout)
    while True:
        changes = await asyncio.to_thread(attendance.changes)
        for change in changes:
            yield change
        if changes:
            deadline.renew()
        elif deadline.is_over:
            return
        await asyncio.sleep(min(POLL_S, deadline.left_s))
