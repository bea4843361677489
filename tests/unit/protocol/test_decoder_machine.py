"""The decoder fed by a machine: frames, junk, halves, pauses and new connections in any order."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from oralcam_protocol.wire.frame import CONSOLE_LIMIT, OVERHEAD, Decoder, Frame, encode_frame

MAX_PAYLOAD = 300
PAYLOADS = st.binary(max_size=60) | st.just(b"\xc1\x61" * 5) | st.just(bytes(MAX_PAYLOAD))
TEXT = st.text(max_size=40).map(str.encode)  # what a console prints: no frame can hide in it


class DecoderMachine(RuleBasedStateMachine):
    """Frames that are fed whole, one after the other, with text between them, all come out.

    Damage may cost what stands in what it claims to be its body, and nothing behind a pause.
    """

    decoder: Decoder

    @initialize()
    def start(self) -> None:
        self.decoder = Decoder(MAX_PAYLOAD)
        self.fed = 0
        self.out: list[tuple[int, bytes]] = []
        self.sent: list[tuple[int, bytes]] = []  # since the last damage was over
        self.forgotten = 0
        self.number = 0

    def _feed(self, data: bytes) -> None:
        self.fed += len(data)
        self._take(self.decoder.feed(data))

    def _take(self, frames: list[Frame]) -> None:
        for frame in frames:
            self.out.append((frame.arg, bytes(frame.payload)))
            self.taken += OVERHEAD + len(frame.payload) + (frame.flags & 1)

    taken = 0

    def _wire(self, payload: bytes) -> bytes:
        self.number += 1
        self.sent.append((self.number, payload))
        return encode_frame(7, session=1, id=2, arg=self.number, payload=payload)

    def _pause(self) -> None:
        """The rest of whatever was begun does not come."""
        while self.decoder.unfinished:
            before = self.decoder.unfinished
            self._take(self.decoder.give_up())
            assert self.decoder.unfinished < before

    @rule(payload=PAYLOADS, cuts=st.lists(st.integers(0, 400), max_size=4))
    def a_frame_in_pieces(self, payload: bytes, cuts: list[int]) -> None:
        wire = self._wire(payload)
        at = 0
        for cut in [*sorted(min(cut, len(wire)) for cut in cuts), len(wire)]:
            self._feed(wire[at:cut])
            at = cut

    @rule(payloads=st.lists(PAYLOADS, min_size=2, max_size=5))
    def frames_at_once(self, payloads: list[bytes]) -> None:
        self._feed(b"".join(map(self._wire, payloads)))

    @rule(text=TEXT)
    def console(self, text: bytes) -> None:
        self._feed(text)

    @rule(payload=PAYLOADS, cut=st.integers(1, 400), junk=st.binary(max_size=30))
    def damage_and_a_pause(self, payload: bytes, cut: int, junk: bytes) -> None:
        wire = encode_frame(7, session=1, id=2, arg=0, payload=payload)
        self._feed(wire[: min(cut, len(wire) - 1)] + junk)
        self._pause()

    @rule()
    def a_new_connection(self) -> None:
        self.forgotten += self.decoder.unfinished
        self.decoder.reset()

    @rule()
    def somebody_reads_the_console(self) -> None:
        assert len(self.decoder.take_console()) <= CONSOLE_LIMIT

    @invariant()
    def every_whole_frame_came_out_once_and_in_order(self) -> None:
        if hasattr(self, "decoder"):
            assert [frame for frame in self.out if frame[0]] == self.sent

    @invariant()
    def every_byte_is_counted_once(self) -> None:
        if hasattr(self, "decoder"):
            known = self.taken + self.decoder.outside + self.decoder.unfinished + self.forgotten
            assert known == self.fed

    @invariant()
    def memory_is_bounded(self) -> None:
        if hasattr(self, "decoder"):
            assert len(self.decoder._held) == OVERHEAD + MAX_PAYLOAD + 1
            assert len(self.decoder._console) <= CONSOLE_LIMIT


TestDecoder = DecoderMachine.TestCase
TestDecoder.settings = settings(max_examples=200, stateful_step_count=30, deadline=None, database=None)
