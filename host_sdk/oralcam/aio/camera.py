"""`oralcam.Camera` for asyncio."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial

from oralcam import camera as blocking
from oralcam.aio.controls import Lighting, Settings
from oralcam.aio.waiting import Deadline, Threads
from oralcam.discovery.identity import Identity

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from oralcam.discovery.host import SystemHost
    from oralcam.emulator import Emulator
    from oralcam.events.event import CaptureLost, Event
    from oralcam.health import Health
    from oralcam.link.connection import Progress
    from oralcam.photo import Photo


class Camera(Identity):
    """An open camera; see `oralcam.Camera`, which it wraps as `blocking`."""

    def __init__(self, camera: blocking.Camera, threads: Threads) -> None:
        """Internal: use `await Camera.open(…)`."""  # noqa: D401
        self.blocking = camera
        self.lighting = Lighting(camera, threads)
        self.settings = Settings(camera, threads)
        self._link = camera._link
        self._threads = threads
        self._unclaimed: deque[Photo] = deque()  # brought in for callers that were cancelled

    @classmethod
    async def open(
        cls,
        target: str | Emulator | None = None,
        *,
        spool: str | os.PathLike[str] | None = None,
        scene: str | os.PathLike[str] | None = None,
        replay: str | os.PathLike[str] | None = None,
        board: str | None = None,
        trace: str | os.PathLike[str] | None = None,
        host: SystemHost | None = None,
    ) -> Camera:
        """Open a camera; arguments and errors as for `oralcam.Camera.open`."""
        threads = Threads()
        call = partial(
            blocking.Camera.open,
            target,
            spool=spool,
            scene=scene,
            replay=replay,
            board=board,
            trace=trace,
            host=host,
        )

        def undo(camera: blocking.Camera) -> None:
            camera.close()
            threads.end()

        try:
            return cls(await threads.run_or_undo(call, undo), threads)
        except Exception:
            threads.end()
            raise

    # -- photos --------------------------------------------------------------------------------------

    async def capture(self, *, sharpest_of: int = 1, progress: Progress | None = None) -> Photo:
        """Take a photo now. `progress` is called in a thread, not in the event loop's.

        Raises what `oralcam.Camera.capture` raises.
        """
        call = partial(self.blocking.capture, sharpest_of=sharpest_of, progress=progress)
        return await self._threads.run(call)

    async def presses(
        self, timeout: float | None = None, *, progress: Progress | None = None
    ) -> AsyncIterator[Photo]:
        """Yield one photo for each press; end after `timeout` seconds without one, or on `close`.

        Raises `DeviceDisconnected` if the camera goes.
        """
        while (photo := await self.next_press(timeout, progress=progress)) is not None:
            yield photo

    async def next_press(
        self, timeout: float | None = None, *, progress: Progress | None = None
    ) -> Photo | None:
        """Return the photo of the next press; None after `timeout` seconds without one, or when closed.

        `progress` is called in a thread. Raises `DeviceDisconnected` if the camera goes.
        """
        deadline = Deadline(timeout)
        while True:
            if self._unclaimed:
                return self._unclaimed.popleft()
            look = partial(self.blocking.next_press, deadline.slice_s, progress=progress)
            photo = await self._threads.run_or_undo(look, self._keep)
            if photo is not None:
                return photo
            if not self._unclaimed and (self.closed or deadline.is_over):
                return None

    def _keep(self, photo: Photo | None) -> None:
        if photo is not None:
            self._unclaimed.append(photo)

    @property
    def losses(self) -> list[CaptureLost]:
        """Photos that resets of the camera took away, as far as they became known while it was open."""
        return self.blocking.losses

    @property
    def spool_folder(self) -> Path:
        """The folder in which its photos become durable."""
        return self.blocking.spool_folder

    # -- events --------------------------------------------------------------------------------------

    async def events(self, timeout: float | None = None) -> AsyncIterator[Event]:
        """Yield what happens on the camera from now on; end as `presses` does.

        Raises `DeviceDisconnected` if the camera goes.
        """
        reader = self.blocking._event_reader()
        deadline = Deadline(timeout)
        while True:
            events = await self._threads.run(partial(reader.batch, deadline.slice_s))
            for event in events:
                yield event
            if events:
                deadline.renew()
            elif self.closed or deadline.is_over:
                return

    def on_event(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Have `callback` called in the event loop for everything that happens from now on.

        Return a function that ends that: no call comes after it. It goes on when an unplugged camera is back.
        """
        loop = asyncio.get_running_loop()
        ended = False

        def deliver(event: Event) -> None:
            if not ended:
                callback(event)

        stop = self.blocking.on_event(lambda event: _in_loop(loop, partial(deliver, event)))

        def end() -> None:
            nonlocal ended
            if not ended:
                ended = True
                self._threads.start(stop)

        return end

    # -- the device ----------------------------------------------------------------------------------

    @property
    def emulator(self) -> Emulator | None:
        """The emulator that `Camera.open("emulator")` started."""
        return self.blocking.emulator

    async def health(self) -> Health:
        """Return temperatures, supply, memory, counters."""
        return await self._threads.run(self.blocking.health)

    async def request(self, opcode: int, payload: bytes = b"", timeout: float | None = None) -> bytes:
        """Send a raw request: for test benches, as `oralcam.Camera.request`, whose errors it raises."""
        return await self._threads.run(partial(self.blocking.request, opcode, payload, timeout))

    # -- being connected -----------------------------------------------------------------------------

    async def wait_connected(self, timeout: float | None = None) -> bool:
        """Wait until an unplugged camera is back; return False after `timeout` seconds.

        Raises `CameraClosed`.
        """
        deadline = Deadline(timeout)
        while not await self._threads.run(partial(self.blocking.wait_connected, deadline.slice_s)):
            if deadline.is_over:
                return False
        return True

    async def close(self) -> None:
        """Close the camera; calls that wait for it raise `CameraClosed`, iterators end."""
        await asyncio.get_running_loop().run_in_executor(None, self.blocking.close)
        self._threads.end()

    async def __aenter__(self) -> Camera:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<aio.Camera {self.serial_number} on {self.port}>"


def _in_loop(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    try:
        loop.call_soon_threadsafe(call)
    except RuntimeError:
        pass  # the loop was closed before the camera: nobody is left to be called
