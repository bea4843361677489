"""The board's interfaces to a host: the session belongs to the one on which its HELLO came."""

from camera_app.hal import Link
from camera_app.services.link import FrameLink

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Awaitable


class Links:
    """All of them listen; `active`, the session's, is the one that is answered on.

    When an interface is pulled away, the host says HELLO on another one, and photos and events go on there.
    """

    def __init__(self, links: "list[Link]") -> None:
        self.all = [FrameLink(link) for link in links]
        self.active = self.all[0]

    def send_at_once(self, frame: "bytes | memoryview") -> int:
        """As `FrameLink.send_at_once`."""
        return self.active.send_at_once(frame)

    def send(self, frame: "bytes | memoryview", start: int = 0) -> "Awaitable[bool]":
        """As `FrameLink.send`."""
        return self.active.send(frame, start)

    @property
    def frames_received(self) -> int:
        """Whole frames, over all interfaces."""
        return sum([link.frames_received for link in self.all])

    @property
    def frames_damaged(self) -> int:
        """Frames whose header or CRC was wrong, over all interfaces."""
        return sum([link.frames_damaged for link in self.all])

    @property
    def bytes_outside(self) -> int:
        """Bytes that belonged to no frame, over all interfaces."""
        return sum([link.bytes_outside for link in self.all])

    @property
    def write_stalls(self) -> int:
        """Frames that a host did not take in time, over all interfaces."""
        return sum([link.write_stalls for link in self.all])
