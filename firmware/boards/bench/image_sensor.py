"""The image sensor: asks the bench what the scene looks like in the light that is on now."""

import asyncio

from boards.bench.channel import Channel
from boards.bench.faults import Faults
from camera_app import hal

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from typing import Any

FRAME_TIMEOUT_S = 10  # the bench may be busy; light is not needed meanwhile


class BenchSensor(hal.Sensor):
    """Where the frame's bytes lie is the board's affair: it implements `taken_over` and `readinto`."""

    def __init__(self, channel: Channel, faults: Faults, ticks: hal.Ticks) -> None:
        self._channel = channel
        self._faults = faults
        self._ticks = ticks
        self._answer: "dict[str, Any]" = {}
        self._answered = asyncio.Event()
        self._broken = False
        self._number = 0  # of the exposure: an answer to an earlier one is none
        self._start = 0
        self._exposure_us = 0
        self._gain_milli = 0
        channel.listeners["frame"] = self._take_answer
        channel.listeners["sensor"] = self._set_state

    def _set_state(self, state: str) -> None:
        self._broken = state == "broken"

    def _take_answer(self, frame: "dict[str, Any]") -> None:
        if frame["number"] == self._number:
            self._answer = frame
            self._answered.set()

    async def expose(self, exposure_us: int, gain_milli: int, jpeg_quality: int) -> None:
        """One frame of the scene, lit as the ring is now."""
        self._faults.meet("sensor.expose")
        if self._broken:
            raise OSError("sensor does not answer")
        self._start = self._ticks.ticks_us()
        self._exposure_us = exposure_us
        self._gain_milli = gain_milli
        self._number += 1
        self._answered.clear()
        self._channel.say(
            "expose",
            {
                "number": self._number,
                "exposure_us": exposure_us,
                "gain_milli": gain_milli,
                "jpeg_quality": jpeg_quality,
            },
        )
        if self._faults.silent("sensor.expose"):
            await asyncio.Event().wait()
        await asyncio.sleep(exposure_us / 1000000)

    async def frame(self) -> hal.SensorFrame:
        """The frame as the bench encoded it."""
        self._faults.meet("sensor.frame")
        if self._faults.silent("sensor.frame"):
            await asyncio.Event().wait()
        try:
            await asyncio.wait_for(self._answered.wait(), FRAME_TIMEOUT_S)
        except asyncio.TimeoutError:
            raise OSError("no frame in time")
        answer = self._answer
        if "error" in answer:
            raise OSError(answer["error"])
        self.taken_over()
        end = (self._start + self._exposure_us) % self._ticks.WRAP_US
        return hal.SensorFrame(
            answer["size"],
            answer["width"],
            answer["height"],
            self._start,
            end,
            self._exposure_us,
            self._gain_milli,
        )

    def taken_over(self) -> None:
        """The frame's bytes are where the bench puts them."""

    async def recover(self) -> None:
        """Nothing to reset: the bench mends it."""
        self._faults.meet("sensor.recover")
