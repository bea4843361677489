"""Counters of what went wrong on the way to a camera, whether it was put right or not."""

from __future__ import annotations


class LinkCounters:
    """Counters since the camera was opened, over all its sessions.

    (No dataclass: `oralcam info` does without.)
    """

    def __init__(self) -> None:
        self.frames_of_other_sessions = 0
        self.frames_unexpected = 0  # of a transfer that nobody asked for, or events told before
        self.messages_malformed = 0
        self.events_missed = 0  # they left the camera's ring before they were asked for
        self.events_overtaken = 0  # they were here, and the program asked for them too late
        self.reconnects = 0
        self.usb_stalls = 0  # of the bulk interface; each was cleared
        self.usb_overflows = 0
        self.console: list[str] = []  # what the camera printed outside frames
