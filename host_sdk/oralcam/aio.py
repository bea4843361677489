"""The same camera for asyncio: every verb awaitable, presses and events as asynchronous iterators.

>>> import asyncio
>>> from oralcam import aio
>>> async def one_photo():
...     async with await aio.Camera.open("emulator") as camera:
...         return (await camera.capture()).width > 0
>>> asyncio.run(one_photo())
True

The blocking calls run in threads of the camera's own, so the event loop is never held up. A cancelled call
ends at once for the caller; what it had started on the camera finishes behind it.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from oralcam import camera as blocking
from oralcam.discovery.hotplug import POLL_S, Attendance, CameraChange
from oralcam.events.event import Event
from oralcam.health import Health
from oralcam.lighting import LightState
from oralcam.link.connection import Progress
from oralcam.photo import Photo
from oralcam.settings import SettingValues

if TYPE_CHECKING:
    from oralcam.emulator import Emulator
    from oralcam.link.ports.transport import Kind

THREADS = 8  # calls of one camera that may wait at the same time
SLICE_S = 0.25  # how long a thread waits for a press before it looks whether anybody still wants it

T = TypeVar("T")


class _Threads:
    """Runs blocking calls for one camera."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, "oralcam-aio")

    async def run(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def end(self) -> None:
        self._pool.shutdown(wait=False)


class Lighting:
    """`camera.lighting`, awaitable; see `oralcam.lighting.Lighting`."""

    def __init__(self, camera: blocking.Camera, threads: _Threads) -> None:
        self._lighting = camera.lighting
        self._threads = threads

    async def preset(self, name: str, *, steady: bool = True) -> LightState:
        """One of `oralcam.lighting.PRESETS`."""
        return await self._threads.run(partial(self._lighting.preset, name, steady=steady))

    async def set(
        self,
        *,
        anterior: float = 0.0,
        posterior_left: float = 0.0,
        posterior_right: float = 0.0,
        steady: bool = True,
    ) -> LightState:
        """Levels 0..1 for each zone."""
        call = partial(
            self._lighting.set,
            anterior=anterior,
            posterior_left=posterior_left,
            posterior_right=posterior_right,
            steady=steady,
        )
        return await self._threads.run(call)

    async def off(self) -> LightState:
        """Dark, for captures too."""
        return await self._threads.run(self._lighting.off)

    async def state(self) -> LightState:
        """What is on now."""
        return await self._threads.run(self._lighting.state)


class Settings:
    """`camera.settings`, awaitable; see `oralcam.settings.Settings`."""

    def __init__(self, camera: blocking.Camera, threads: _Threads) -> None:
        self._settings = camera.settings
        self._threads = threads

    async def get(self) -> SettingValues:
        """What is in effect on the camera."""
        return await self._threads.run(self._settings.get)

    async def apply(
        self,
        *,
        exposure_us: int | None = None,
        gain: float | None = None,
        jpeg_quality: int | None = None,
        button_locked: bool | None = None,
    ) -> SettingValues:
        """Change what is given, all of it or nothing."""
        call = partial(
            self._settings.apply,
            exposure_us=exposure_us,
            gain=gain,
            jpeg_quality=jpeg_quality,
            button_locked=button_locked,
        )
        return await self._threads.run(call)


class Camera:
    """An open camera; see `oralcam.Camera`, which it wraps as `blocking`."""

    def __init__(self, camera: blocking.Camera, threads: _Threads) -> None:
        """Use `await Camera.open(…)`."""
        self.blocking = camera
        self.lighting = Lighting(camera, threads)
        self.settings = Settings(camera, threads)
        self._threads = threads

    @classmethod
    async def open(
        cls,
        target: str | Emulator | None = None,
        *,
        spool: str | os.PathLike[str] | None = None,
        scene: str | os.PathLike[str] | None = None,
        replay: str | os.PathLike[str] | None = None,
        board: str | None = None,
    ) -> Camera:
        """Open a camera; arguments and errors as for `oralcam.Camera.open`."""
        threads = _Threads()
        call = partial(blocking.Camera.open, target, spool=spool, scene=scene, replay=replay, board=board)
        try:
            return cls(await threads.run(call), threads)
        except BaseException:
            threads.end()
            raise

    async def capture(self, *, sharpest_of: int = 1, progress: Progress | None = None) -> Photo:
        """Take a photo now. `progress` is called in a thread, not in the event loop's."""
        call = partial(self.blocking.capture, sharpest_of=sharpest_of, progress=progress)
        return await self._threads.run(call)

    async def presses(self, timeout: float | None = None) -> AsyncIterator[Photo]:
        """One photo for each press; ends quietly after `timeout` seconds without one, or on `close`."""
        deadline = _deadline(timeout)
        while True:
            photo = await self._threads.run(partial(self.blocking.next_press, _slice(deadline)))
            if photo is not None:
                yield photo
                deadline = _deadline(timeout)
            elif self.closed or time.monotonic() >= deadline:
                return

    async def events(self, timeout: float | None = None) -> AsyncIterator[Event]:
        """What happens on the camera from now on; ends quietly as `presses` does."""
        place = self.blocking.event_place()
        deadline = _deadline(timeout)
        while True:
            look = partial(self.blocking.events_from, place, _slice(deadline))
            events, place = await self._threads.run(look)
            for event in events:
                yield event
            if events:
                deadline = _deadline(timeout)
            elif self.closed or time.monotonic() >= deadline:
                return

    async def health(self) -> Health:
        """Temperatures, supply, memory, counters."""
        return await self._threads.run(self.blocking.health)

    async def wait_connected(self, timeout: float | None = None) -> bool:
        """Wait until an unplugged camera is back; False after `timeout` seconds."""
        deadline = _deadline(timeout)
        while not await self._threads.run(partial(self.blocking.wait_connected, _slice(deadline))):
            if time.monotonic() >= deadline:
                return False
        return True

    @property
    def serial_number(self) -> str:
        """The camera's own."""
        return self.blocking.serial_number

    @property
    def transport(self) -> Kind:
        """How it is connected: "bulk", "serial" or "tcp"."""
        return self.blocking.transport

    @property
    def why_not_bulk(self) -> str:
        """A sentence: why its bulk interface is not in use; "" if it is."""
        return self.blocking.why_not_bulk

    @property
    def closed(self) -> bool:
        """True once `close` was called."""
        return self.blocking.closed

    async def close(self) -> None:
        """Give the camera back; whoever waits for it gets `CameraClosed`, iterators end."""
        await asyncio.get_running_loop().run_in_executor(None, self.blocking.close)
        self._threads.end()

    async def __aenter__(self) -> Camera:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


async def watch_cameras(timeout: float | None = None, *, present: bool = True) -> AsyncIterator[CameraChange]:
    """Cameras as they arrive and leave; see `oralcam.watch_cameras`."""
    attendance = await asyncio.to_thread(Attendance, present=present)
    deadline = _deadline(timeout)
    while True:
        changes = await asyncio.to_thread(attendance.changes)
        for change in changes:
            yield change
        if changes:
            deadline = _deadline(timeout)
        elif time.monotonic() >= deadline:
            return
        await asyncio.sleep(max(0.0, min(POLL_S, deadline - time.monotonic())))


def _deadline(timeout: float | None) -> float:
    return float("inf") if timeout is None else time.monotonic() + timeout


def _slice(deadline: float) -> float:
    return max(0.0, min(SLICE_S, deadline - time.monotonic()))
