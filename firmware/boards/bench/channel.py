"""The bench channel: JSON lines over a stream of their own, beside the product's link and never through it.

From the bench, the world: {"button": true}, {"tip_temperature_mc": 39000 or null},
{"second_temperature_mc": …}, {"die_temperature_mc": …}, {"supply_mv": 4900}, {"docked": 1}, {"suspended": 1},
{"clock_us": 5000000} (the camera's clock jumps ahead), {"sensor": "ok" or "broken"}, {"ring_faults": 1},
{"fault": ["ring.apply", "raise"]} (see faults.py), and {"frame": {…}} in answer to an exposure.
To the bench, the board's pins and buses: {"enable": true}, {"ring": [ua, …]}, {"watchdog": 8000} (it has been
started), {"feed": true}, {"reset": true}, {"show": "taken"}, {"expose": {…}}; and for whoever tests:
{"started": true}, {"button": true} (it has been noticed), {"accepted": 7} (that photo is in the store).
When the channel closes, the bench is gone and the firmware ends.
"""

import json
import sys

from boards.bench.runtime import ByteStream

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has neither module
    from collections.abc import Callable
    from typing import Any


class Channel:
    """The board's end; `listeners` maps a word of the bench to what takes its value."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self.listeners: "dict[str, Callable[[Any], None]]" = {}

    def say(self, word: str, value: object) -> None:
        """Tell the bench."""
        self._stream.write(memoryview((json.dumps({word: value}) + "\n").encode()))

    async def run(self) -> None:
        """Listen forever; ends the process when the bench is gone."""
        while True:
            try:
                line = await self._stream.readline()
            except OSError:
                line = b""
            if not line:
                sys.exit(0)
            for word, value in json.loads(line).items():
                self.listeners[word](value)
