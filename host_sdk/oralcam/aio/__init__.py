"""The same camera for asyncio: every verb awaitable, presses and events as asynchronous iterators.

>>> import asyncio
>>> from oralcam import aio
>>> async def one_photo():
...     async with await aio.Camera.open("emulator") as camera:
...         return (await camera.capture()).width > 0
>>> asyncio.run(one_photo())
True

`async with await aio.visit(camera, patient) as visit` is a visit whose verbs are awaitable in the same way.

The blocking calls run in threads of the camera's own, so the event loop is never held up. A cancelled call
ends at once for the caller; what it had started on the camera finishes behind it. Nothing is left over:
a camera that a cancelled `Camera.open` has opened is closed, a visit that a cancelled `visit` has begun is
ended, and a photo that a cancelled `next_press` has brought in is the next caller's.

Modules without `__all__` are internal.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.aio.camera import Camera as Camera
    from oralcam.aio.controls import Lighting as Lighting
    from oralcam.aio.controls import Settings as Settings
    from oralcam.aio.hotplug import watch_cameras as watch_cameras
    from oralcam.aio.shot import Shot as Shot
    from oralcam.aio.visits import Visit as Visit
    from oralcam.aio.visits import visit as visit

# Modules load when a name is first used: a camera alone pays for no records.
_HOME = {
    "Camera": "camera",
    "Lighting": "controls",
    "Settings": "controls",
    "Shot": "shot",
    "Visit": "visits",
    "visit": "visits",
    "watch_cameras": "hotplug",
}

__all__ = ["Camera", "Lighting", "Settings", "Shot", "Visit", "visit", "watch_cameras"]


if not TYPE_CHECKING:  # to a type checker, every name would be there

    def __getattr__(name: str) -> object:
        home = _HOME.get(name)
        if home is None:
            raise AttributeError(f"module 'oralcam.aio' has no attribute {name!r}")
        value: object = getattr(import_module(f"oralcam.aio.{home}"), name)
        globals()[name] = value
        return value
