"""oralcam: one press on the handpiece, one verified photograph.

>>> import oralcam
>>> with oralcam.Camera.open("emulator") as camera:
...     camera.capture().width > 0
True

Modules without `__all__` are internal.
"""

from __future__ import annotations

from importlib import import_module

from oralcam.version import __version__ as __version__

TYPE_CHECKING = False  # as typing's, which costs `oralcam list` three milliseconds to import
if TYPE_CHECKING:
    from oralcam import aio as aio
    from oralcam.camera import Camera as Camera
    from oralcam.discovery.cameras import CameraInfo as CameraInfo
    from oralcam.discovery.cameras import list_cameras as list_cameras
    from oralcam.discovery.hotplug import CameraChange as CameraChange
    from oralcam.discovery.hotplug import watch_cameras as watch_cameras
    from oralcam.errors import CameraNotFound as CameraNotFound
    from oralcam.errors import DeviceDisconnected as DeviceDisconnected
    from oralcam.errors import DeviceFault as DeviceFault
    from oralcam.errors import LinkError as LinkError
    from oralcam.errors import OralcamError as OralcamError
    from oralcam.events.event import CaptureLost as CaptureLost
    from oralcam.events.event import Event as Event
    from oralcam.health import Health as Health
    from oralcam.lighting import ZoneLight as ZoneLight
    from oralcam.link.connection import Progress as Progress
    from oralcam.link.ports.counters import LinkCounters as LinkCounters
    from oralcam.photo import Photo as Photo
    from oralcam.visits.begin import visit as visit
    from oralcam.visits.shot import Shot as Shot
    from oralcam.visits.visit import Visit as Visit


# Where each public name lives. Modules load when a name is first used: `oralcam list` pays for no camera.
_HOME = {
    "Camera": "camera",
    "CameraChange": "discovery.hotplug",
    "CameraInfo": "discovery.cameras",
    "CameraNotFound": "errors",
    "CaptureLost": "events.event",
    "DeviceDisconnected": "errors",
    "DeviceFault": "errors",
    "Event": "events.event",
    "Health": "health",
    "LinkCounters": "link.ports.counters",
    "LinkError": "errors",
    "OralcamError": "errors",
    "Photo": "photo",
    "Progress": "link.connection",
    "Shot": "visits.shot",
    "Visit": "visits.visit",
    "ZoneLight": "lighting",
    "aio": "aio",
    "list_cameras": "discovery.cameras",
    "visit": "visits.begin",
    "watch_cameras": "discovery.hotplug",
}

__all__ = [
    "Camera",
    "CameraChange",
    "CameraInfo",
    "CameraNotFound",
    "CaptureLost",
    "DeviceDisconnected",
    "DeviceFault",
    "Event",
    "Health",
    "LinkCounters",
    "LinkError",
    "OralcamError",
    "Photo",
    "Progress",
    "Shot",
    "Visit",
    "ZoneLight",
    "__version__",
    "aio",
    "list_cameras",
    "visit",
    "watch_cameras",
]


if not TYPE_CHECKING:  # to a type checker, every name would be there

    def __getattr__(name: str) -> object:
        home = _HOME.get(name)
        if home is None:
            raise AttributeError(f"module 'oralcam' has no attribute {name!r}")
        module = import_module(f"oralcam.{home}")
        value = module if home == name else getattr(module, name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
