"""The bench channel: JSON lines over an inherited socket, beside the product's link and never through it.

From the bench: {"button": true}, {"tip_temperature_mc": 39000 or null}, {"supply_mv": 4900},
{"clock_us": 5000000} (the camera's clock jumps ahead), {"sensor": "ok" or "broken"}, and {"frame": {…}}
in answer to an exposure. To the bench: {"started": true}, {"expose": {…}}, {"ring": [ua, …]},
{"show": "taken"}, {"button": true} (it has been noticed), {"accepted": 7} (that photo is in the store).
When the channel closes, the bench is gone and the firmware ends.
"""

import json
import sys

from boards.unix.runtime import ByteStream

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has neither module
    from collections.abc import Callable
    from typing import Any


class Bench:
    """One end of the channel; `listeners` maps a word of the bench to what takes its value."""

    def __init__(self, fd: int) -> None:
        self._stream = open(fd, "r+b")
        self._lines = ByteStream(self._stream)
        self.listeners: "dict[str, Callable[[Any], None]]" = {}

    def say(self, word: str, value: object) -> None:
        """Tell the bench."""
        self._stream.write((json.dumps({word: value}) + "\n").encode())

    async def run(self) -> None:
        """Listen for ever; ends the process when the bench is gone."""
        while True:
            try:
                line = await self._lines.readline()
            except OSError:
                line = b""
            if not line:
                sys.exit(0)
            for word, value in json.loads(line).items():
                self.listeners[word](value)
