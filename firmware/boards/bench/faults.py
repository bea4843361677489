"""What the bench breaks: any call of any part raises, hangs, stays silent or lies about its success.

{"fault": ["ring.apply", "raise"]}: the call is named by its part and its method; null instead mends it.
A reset mends too, unless the bench breaks it again.
"""

import time

from boards.bench.channel import Channel

RAISE = "raise"  # OSError(EIO): the bus failed
NAK = "nak"  # OSError(ENODEV), as MicroPython's I2C says when no chip answers
HANG = "hang"  # the call never returns: nothing else of the firmware runs any more
SILENT = "silent"  # a coroutine never comes back; everything else runs
LIE = "lie"  # nothing is done, or what was read stays as it was, and the call says all is well
LOOP = "loop"  # the name of no call: breaking it takes effect at once


class Faults:
    """Which calls are broken, and how."""

    def __init__(self, channel: Channel) -> None:
        self._kinds: "dict[str, str]" = {}
        channel.listeners["fault"] = self._set

    def _set(self, fault: "list[str | None]") -> None:
        call, kind = fault
        if call is None:
            return
        if kind is None:
            self._kinds.pop(call, None)
        else:
            self._kinds[call] = kind
        if call == LOOP:
            self.meet(LOOP)

    def meet(self, call: str) -> bool:
        """Do what has been ordered for this call; True if it must lie. Raises OSError, or never returns."""
        kind = self._kinds.get(call)
        if kind is None:
            return False
        if kind == RAISE:
            raise OSError(5)
        if kind == NAK:
            raise OSError(19)
        while kind == HANG:
            time.sleep(0.1)  # the whole process: no other task gets a turn
        return kind == LIE

    def silent(self, call: str) -> bool:
        """Must this coroutine never come back?"""
        return self._kinds.get(call) == SILENT
