"""HELLO: is this one of our cameras, and do we speak the same language?"""

from __future__ import annotations

from oralcam.errors import IncompatibleFirmware, NotACamera
from oralcam.link.deadlines import Deadlines
from oralcam_protocol.wire.codec import HelloReply, HelloRequest
from oralcam_protocol.wire.enums import PROTOCOL_MAJOR, Kind
from oralcam_protocol.wire.errors import DecodeError
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame
from oralcam_protocol.wire.transfer import WINDOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.link.host import Host
    from oralcam.link.ports.transport import Transport

MAX_PAYLOAD = 16384
LONGEST_NAME = 64  # of a serial number, a version, a board


def say_hello(
    port: Transport, decoder: Decoder, deadlines: Deadlines, host: Host
) -> tuple[HelloReply, list[Frame]]:
    """Open a session; return the camera's answer, and frames of the session that came with it.

    Raises `NotACamera`, `IncompatibleFirmware` or `DeviceDisconnected`.
    """
    nonce = host.random_u32()
    hello = HelloRequest(nonce, PROTOCOL_MAJOR, PROTOCOL_MAJOR, WINDOW, MAX_PAYLOAD)
    frame = encode_frame(Kind.HELLO, payload=hello.pack())
    now = host.now()
    deadline, ask = now + deadlines.hello, now
    heard = b""
    while now < deadline:
        if now >= ask:
            port.send(frame, deadlines.write)
            ask = now + deadlines.ask_again
        data = port.receive(min(ask, deadline) - now)
        heard = (heard + data)[:64]
        # half a frame of an earlier session must not swallow the answer as its body
        frames = decoder.feed(data) if data else decoder.give_up()
        for place, answer in enumerate(frames):
            reply = _reply_in(port, answer, nonce)
            if reply is not None:
                return reply, frames[place + 1 :]
        now = host.now()
    raise NotACamera(_what_it_is(port.name, heard))


def _reply_in(port: Transport, frame: Frame, nonce: int) -> HelloReply | None:
    if frame.kind != Kind.HELLO:
        return None  # left over from a session before this one
    if frame.major != PROTOCOL_MAJOR:
        raise IncompatibleFirmware(
            f"The camera on {port.name} speaks version {frame.major} of the protocol, this program version "
            f"{PROTOCOL_MAJOR}: update {'the camera' if frame.major < PROTOCOL_MAJOR else 'this program'}."
        )
    try:
        reply = HelloReply.unpack(frame.payload)
    except DecodeError:
        return None  # an echo of our own HELLO, for one
    if reply.nonce != nonce or reply.session != frame.session or not frame.session:
        return None  # the answer to another program's HELLO
    names = (reply.serial_number, reply.firmware_version, reply.board)
    if not all(name.isprintable() and 0 < len(name) <= LONGEST_NAME for name in names):
        raise NotACamera(
            f"What answers on {port.name} gives no plausible serial number, version and board "
            f"({', '.join(repr(name[:32]) for name in names)}): it is not an oralcam, or it was never set up."
        )
    return reply


def _what_it_is(name: str, heard: bytes) -> str:
    if not heard:
        return f"Nothing answers on {name}: it is not an oralcam, or its firmware does not run."
    sample = "".join(c if c.isprintable() else "." for c in heard[:32].decode("ascii", "replace"))
    return f"What answers on {name} is not an oralcam (it says {sample!r}): run `oralcam list`."
