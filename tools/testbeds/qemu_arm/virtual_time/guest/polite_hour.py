"""An hour of polite use: heartbeats, HEALTH, light, presses, photos for the host; prints how the heap was.

The host lies on the same heap: the camera alone has some more.
"""

from tools.testbeds.qemu_arm.virtual_time.guest.start import start  # isort: skip  # first, as main.py is

import asyncio
import gc

import mps2

from oralcam_protocol.wire.codec import CaptureReply, Health, LightRequest
from oralcam_protocol.wire.enums import EventType, Opcode
from tools.testbeds.qemu_arm.virtual_time.guest.ending import print_result
from tools.testbeds.qemu_arm.virtual_time.guest.host import Host
from tools.testbeds.qemu_arm.virtual_time.guest.world import AnsweringChannel, QueueLink

HOUR_S = 3600
CYCLES_A_S = 25000000
LIMIT_S = HOUR_S + 600
PRESS_EVERY_S = 20
CAPTURE_EVERY_S = 60
LIGHT_EVERY_S = 30
PHOTO_BYTES = 40000
LEVELS = [600, 600, 600]


async def second(host: Host, channel: AnsweringChannel, now_s: int) -> int:
    """What happens in one second; returns how many photos came."""
    photos = 0
    await host.ask(Opcode.HEARTBEAT)
    if now_s % LIGHT_EVERY_S == 0:
        await host.ask(Opcode.LIGHT_SET, LightRequest(now_s // LIGHT_EVERY_S % 2, LEVELS).pack())
    if now_s % PRESS_EVERY_S == 5:
        host.events.clear()
        channel.listeners["button"](True)
        event, _ = await host.event(EventType.PHOTO)
        channel.listeners["button"](False)
        await host.fetch(event.photo[0])
        photos += 1
    if now_s % CAPTURE_EVERY_S == 50:
        await host.fetch(CaptureReply.unpack(await host.ask(Opcode.CAPTURE, b"\1")).photo)
        photos += 1
    host.events.clear()
    await asyncio.sleep(1)
    return photos


async def hour(channel: AnsweringChannel, link: QueueLink) -> "dict[str, object]":
    """All of it."""
    channel.frame_bytes = PHOTO_BYTES
    host = Host(link)
    await host.hello()
    photos = now_s = 0
    smallest = largest_at_first = -1
    while mps2.cycles() < HOUR_S * CYCLES_A_S:
        photos += await second(host, channel, now_s)
        now_s += 1
        health = Health.unpack(await host.ask(Opcode.HEALTH))
        if smallest < 0:
            largest_at_first = smallest = health.heap_largest
        smallest = min(smallest, health.heap_largest)
    gc.collect()
    return {
        "photos": photos,
        "task_restarts": health.task_restarts,
        "heap_largest_at_first": largest_at_first,
        "heap_largest_smallest": smallest,
        "heap_free_at_the_end": gc.mem_free(),  # type: ignore[attr-defined]
    }


async def main() -> None:
    """Run the application and, beside it, the host."""
    channel, link = start()
    await print_result(hour(channel, link), LIMIT_S)


asyncio.run(main())
