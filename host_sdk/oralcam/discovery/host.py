"""This computer as the link needs it, and the cameras that are connected to it."""

from __future__ import annotations

from oralcam.link.host import Host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.discovery.cameras import CameraInfo


class SystemHost(Host):
    """A host that finds cameras, so that one that was unplugged is found on another port too."""

    def cameras(self) -> list[CameraInfo]:
        """Return the cameras that are connected now."""
        from oralcam.discovery.cameras import list_cameras  # listing ports loads more than opening one

        return list_cameras()

    def ports_of(self, serial_number: str, last_port: str) -> list[str]:
        """Return the ports where a camera unplugged from `last_port` may be again, the best first."""
        from oralcam.discovery.cameras import ports_of

        return ports_of(serial_number, last_port, self.cameras)
