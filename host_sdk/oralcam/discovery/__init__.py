"""Internal: which cameras are connected, which one is meant, and which come and go.

Programs use `oralcam.list_cameras`, `oralcam.watch_cameras` and `oralcam.CameraInfo`.

| module | what |
|---|---|
| `cameras` | the cameras of this moment; which one a serial number or port means |
| `hotplug` | cameras that arrive and leave |
| `usb_devices`, `usb_device` | devices with the camera's USB numbers, joined from all that tells of them |
| `sysfs`, `serial_ports`, `pyusb` | the three places that tell |
| `running_emulators` | emulators that were announced |
| `host` | this computer, with its cameras, as the link needs it |
| `identity` | who an open camera is |
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.discovery.cameras import CameraInfo as CameraInfo
    from oralcam.discovery.cameras import list_cameras as list_cameras

__all__ = ["CameraInfo", "list_cameras"]


if not TYPE_CHECKING:  # to a type checker, every name would be there

    def __getattr__(name: str) -> object:  # what needs the running emulators only pays for nothing else
        if name in __all__:
            from oralcam.discovery import cameras

            return getattr(cameras, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
