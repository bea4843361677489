"""Counts what the firmware's work costs, prints the figures as JSON, and switches off."""

from tools.testbeds.qemu_arm.virtual_time.guest.start import start  # isort: skip  # first, as main.py is

import asyncio
import binascii
import gc
import hashlib

from camera_app import buffers
from oralcam_protocol.wire.codec import CaptureReply
from oralcam_protocol.wire.enums import EventType, Opcode
from tools.testbeds.qemu_arm.virtual_time.guest.ending import print_result
from tools.testbeds.qemu_arm.virtual_time.guest.host import Host
from tools.testbeds.qemu_arm.virtual_time.guest.steps import Steps, measure_steps
from tools.testbeds.qemu_arm.virtual_time.guest.world import AnsweringChannel, QueueLink, instructions

PIECE = 8192
LARGE_PHOTO = 16 * PIECE
PRESS_PHOTO = PIECE
QUIET_S = 0.5
REPETITIONS = 5
LIMIT_S = 60


def middle(values: "list[int]") -> int:
    """The median."""
    return sorted(values)[len(values) // 2]


def a_byte() -> "dict[str, float]":
    """SHA-256 and CRC-32, over a piece."""
    data = memoryview(buffers.transmit)[:PIECE]
    digest = hashlib.sha256()
    start = instructions()
    digest.update(data)
    hashed = instructions()
    binascii.crc32(data)
    return {"sha256_a_byte": (hashed - start) / PIECE, "crc32_a_byte": (instructions() - hashed) / PIECE}


async def quiet(host: Host) -> None:
    """A host that is there, a camera at rest, no garbage."""
    await host.ask(Opcode.HEARTBEAT)
    await asyncio.sleep(QUIET_S)
    gc.collect()


async def press(host: Host, channel: AnsweringChannel) -> "tuple[int, int]":
    """Instructions from the button's edge to the event of the press, and to that of its photo."""
    await quiet(host)
    host.events.clear()
    start = instructions()
    channel.listeners["button"](True)
    _, pressed = await host.event(EventType.PRESS)
    event, with_photo = await host.event(EventType.PHOTO)
    channel.listeners["button"](False)
    await host.fetch(event.photo[0])
    return pressed - start, with_photo - start


async def health(host: Host) -> int:
    """Instructions from a request to its answer."""
    await quiet(host)
    start = instructions()
    await host.ask(Opcode.HEALTH)
    return host.said_at - start


async def figures(channel: AnsweringChannel, link: QueueLink, steps: Steps) -> "dict[str, object]":
    """All of them."""
    host = Host(link)
    await host.hello()
    told: "dict[str, object]" = {"start_to_hello": host.said_at}
    await quiet(host)
    steps.longest = 0
    steps.last.clear()
    await asyncio.sleep(QUIET_S * 4)
    told["light_check"] = middle(steps.last["lighting"])
    channel.frame_bytes = PRESS_PHOTO
    presses, healths = [], []
    for _ in range(REPETITIONS):
        presses.append(await press(host, channel))
        healths.append(await health(host))
    told["press_event"] = middle([to_event for to_event, _ in presses])
    told["press_with_photo"] = middle([to_photo for _, to_photo in presses])
    told["health"] = middle(healths)
    channel.frame_bytes = LARGE_PHOTO
    photo = CaptureReply.unpack(await host.ask(Opcode.CAPTURE, b"\1")).photo
    await host.fetch(photo)
    told["frame_of_8_kib"] = middle([b - a for a, b in zip(host.data_at, host.data_at[1:])])
    told["longest_step"] = steps.longest
    told["longest_step_of"] = steps.longest_of
    told.update(a_byte())
    return told


async def main() -> None:
    """Run the application and, beside it, the host, whose own steps are not measured."""
    channel, link = start()
    steps = Steps()
    host = asyncio.create_task(figures(channel, link, steps))
    measure_steps(steps)
    await print_result(host, LIMIT_S)


asyncio.run(main())
