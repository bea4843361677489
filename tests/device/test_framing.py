"""Frames and the decoder that finds them, on both interpreters."""

import binascii
import struct

from oralcam_protocol.wire.errors import EncodeError
from oralcam_protocol.wire.frame import (
    CONSOLE_LIMIT,
    HEADER_SIZE,
    OVERHEAD,
    Decoder,
    Frame,
    encode_frame,
    header_check,
    seal_frame,
)

DATA = 7


def reference_frame(kind: int, session: int, id: int, arg: int, payload: bytes) -> bytes:
    """A frame made slowly and by the specification alone."""
    flags = 0
    if (16 + len(payload) + 4) % 64 == 0:
        flags, payload = 1, payload + b"\0"
    header = struct.pack("<HBBHHIH", 0x61C1, 0x10 | kind, flags, session, id, arg, len(payload))
    check = 0xFFFF
    for word in struct.unpack("<7H", header):
        check ^= word
    covered = header + struct.pack("<H", check) + payload
    return covered + struct.pack("<I", binascii.crc32(covered))


def header_alone(length: int, flags: int = 0) -> bytes:
    """A header whose check is right and whose body never comes."""
    check = header_check(0x10 | DATA, flags, 0, 0, 0, length)
    return struct.pack("<HBBHHIHH", 0x61C1, 0x10 | DATA, flags, 0, 0, 0, length, check)


def payloads(frames: "list[Frame]") -> "list[bytes]":
    return [bytes(frame.payload) for frame in frames]


def is_refused(kind: int, session: int, id: int, arg: int, payload: bytes = b"") -> bool:
    try:
        encode_frame(kind, session, id, arg, payload)
    except EncodeError:
        return True
    return False


def test_a_frame_sealed_in_place_equals_an_encoded_one_and_the_specification() -> None:
    for length in range(201):
        payload = bytes([(length + i) & 0xFF for i in range(length)])
        kind, session, id, arg = 1 + length % 15, 300 * length, 65535 - length, length * 5000000
        buffer = bytearray(b"\xaa" * (OVERHEAD + 1 + 200))
        buffer[HEADER_SIZE : HEADER_SIZE + length] = payload
        size = seal_frame(buffer, kind, session, id, arg, length)
        expected = reference_frame(kind, session, id, arg, payload)
        assert bytes(memoryview(buffer)[:size]) == expected, length
        assert encode_frame(kind, session, id, arg, payload) == expected, length


def test_sealing_writes_nothing_behind_the_frame() -> None:
    for length in (0, 43, 44, 45, 108):
        buffer = bytearray(b"\xaa" * 256)
        size = seal_frame(buffer, DATA, 1, 2, 3, length)
        assert buffer[size:] == b"\xaa" * (256 - size)


def test_no_frame_ends_on_a_full_usb_packet_and_padding_is_not_payload() -> None:
    decoder = Decoder(256)
    padded = 0
    for length in range(201):
        payload = bytes([i & 0xFF for i in range(length)])
        wire = encode_frame(DATA, payload=payload)
        assert len(wire) % 64 != 0, length
        frames = decoder.feed(wire)
        assert payloads(frames) == [payload], length
        padded += frames[0].flags
    assert padded == 3  # payloads of 44, 108 and 172 bytes


def test_a_payload_of_the_largest_size_fits_even_when_it_is_padded() -> None:
    for largest in (44, 45, 108):
        payload = b"x" * largest
        wire = encode_frame(DATA, payload=payload)
        for size in (1, 7, len(wire)):
            decoder = Decoder(largest)
            found = []
            for at in range(0, len(wire), size):
                found.extend(payloads(decoder.feed(wire[at : at + size])))
            assert found == [payload], (largest, size)


def test_values_that_do_not_fit_the_header_are_refused() -> None:
    assert not is_refused(15, 65535, 65535, (1 << 30) - 1)
    assert is_refused(0, 0, 0, 0)
    assert is_refused(16, 0, 0, 0)
    assert is_refused(-1, 0, 0, 0)
    assert is_refused(2, -1, 0, 0)
    assert is_refused(2, 65536, 0, 0)
    assert is_refused(2, 0, -1, 0)
    assert is_refused(2, 0, 65536, 0)
    assert is_refused(2, 0, 0, -1)
    assert is_refused(2, 0, 0, 1 << 30)


def test_a_payload_too_long_for_a_frame_is_refused() -> None:
    assert is_refused(DATA, 0, 0, 0, bytes(65535))


def test_an_announced_length_over_the_limit_is_not_waited_for() -> None:
    good = encode_frame(DATA, payload=b"good")
    for wire in (encode_frame(DATA, payload=bytes(101)), header_alone(65535), header_alone(101)):
        decoder = Decoder(100)
        assert payloads(decoder.feed(wire + good)) == [b"good"]
        assert decoder.damaged == 1
        assert decoder.outside == len(wire)
        assert decoder.unfinished == 0


def test_a_flipped_bit_anywhere_in_a_frame_drops_that_frame_only() -> None:
    wire = encode_frame(DATA, 0x1234, 7, 4096, b"payload")
    good = encode_frame(DATA, payload=b"good")
    for position in range(len(wire)):
        for bit in range(8):
            broken = bytearray(wire)
            broken[position] ^= 1 << bit
            decoder = Decoder(256)
            frames = decoder.feed(bytes(broken) + good)
            assert payloads(frames) == [b"good"], (position, bit)
            assert decoder.outside == len(wire), (position, bit)


def test_giving_up_finds_every_whole_frame_behind_a_lying_header() -> None:
    behind = [encode_frame(DATA, payload=bytes([n]) * n) for n in (1, 44, 100)]
    stream = header_alone(4000) + b"".join(behind)
    for size in (1, 7, len(stream)):
        decoder = Decoder(4096)
        for at in range(0, len(stream), size):
            assert decoder.feed(stream[at : at + size]) == []
        assert decoder.unfinished == len(stream)
        assert payloads(decoder.give_up()) == [b"\x01", b"\x2c" * 44, b"\x64" * 100]
        assert (decoder.unfinished, decoder.damaged, decoder.outside) == (0, 1, HEADER_SIZE)


def test_giving_up_keeps_the_start_of_the_frame_that_is_still_coming() -> None:
    wire = encode_frame(DATA, payload=b"still coming")
    for cut in range(1, len(wire)):
        decoder = Decoder(4096)
        assert decoder.feed(header_alone(4000) + wire[:cut]) == []
        assert decoder.give_up() == []
        assert decoder.unfinished == cut
        assert payloads(decoder.feed(wire[cut:])) == [b"still coming"], cut


def test_lying_headers_in_a_row_are_given_up_one_by_one() -> None:
    decoder = Decoder(4096)
    decoder.feed(
        header_alone(4000) + header_alone(3000) + header_alone(2000) + encode_frame(DATA, payload=b"good")
    )
    assert payloads(decoder.give_up()) == []
    assert payloads(decoder.give_up()) == []
    assert payloads(decoder.give_up()) == [b"good"]
    assert decoder.damaged == 3


def test_giving_up_nothing_changes_nothing() -> None:
    decoder = Decoder(256)
    assert decoder.give_up() == []
    decoder.feed(b"text")
    assert decoder.give_up() == []
    assert (decoder.damaged, decoder.outside) == (0, 4)


def test_a_frame_that_came_in_pieces_stays_valid_while_more_is_scanned() -> None:
    first = encode_frame(DATA, payload=b"first")
    second = encode_frame(DATA, payload=b"second")
    third = encode_frame(DATA, payload=b"third")
    decoder = Decoder(256)
    assert decoder.feed(first[:10]) == []
    # the rest of the first comes in one burst with the start of the third, which is held where the first was
    assert payloads(decoder.feed(first[10:] + second + third[:24])) == [b"first", b"second"]
    assert payloads(decoder.feed(third[24:])) == [b"third"]


def test_text_between_frames_goes_to_the_console_in_order() -> None:
    decoder = Decoder(256)
    stream = (
        b"Traceback\r\n"
        + encode_frame(DATA, payload=b"1")
        + "Zoë: ".encode()
        + encode_frame(DATA, payload=b"2")
    )
    assert payloads(decoder.feed(stream + b">>> ")) == [b"1", b"2"]
    assert decoder.take_console() == "Traceback\r\nZoë: >>> ".encode()
    assert decoder.take_console() == b""
    assert decoder.outside == len("Traceback\r\nZoë: >>> ".encode())


def test_the_console_keeps_the_newest_bytes_and_no_more_than_its_limit() -> None:
    text = b"".join([b"%05d " % n for n in range(2000)])
    for size in (len(text), 4096, 1000, 7):
        decoder = Decoder(256)
        for at in range(0, len(text), size):
            assert decoder.feed(text[at : at + size]) == []
        assert decoder.outside == len(text)
        assert decoder.take_console() == text[-CONSOLE_LIMIT:], size


def test_a_magic_cut_at_the_end_of_a_burst_is_not_console_text() -> None:
    wire = encode_frame(DATA, payload=b"good")
    decoder = Decoder(256)
    assert decoder.feed(b"text" + wire[:1]) == []
    assert decoder.take_console() == b"text"
    assert decoder.unfinished == 1
    assert payloads(decoder.feed(wire[1:])) == [b"good"]
    assert decoder.take_console() == b""


def test_what_only_began_like_a_magic_is_console_text_at_once() -> None:
    decoder = Decoder(256)
    assert decoder.feed(b"\xc1") == []
    assert decoder.take_console() == b""
    assert decoder.feed(b"b") == []
    assert decoder.take_console() == b"\xc1b"
    assert decoder.unfinished == 0


def test_reset_forgets_the_unfinished_frame_and_nothing_else() -> None:
    decoder = Decoder(256)
    wire = encode_frame(DATA, payload=b"before")
    decoder.feed(b"text" + wire[:20])
    assert decoder.unfinished == 20
    decoder.reset()
    assert decoder.unfinished == 0
    assert payloads(decoder.feed(encode_frame(DATA, payload=b"after"))) == [b"after"]
    assert decoder.take_console() == b"text"
    assert (decoder.damaged, decoder.outside) == (0, 4)


def test_an_empty_burst_changes_nothing() -> None:
    decoder = Decoder(256)
    wire = encode_frame(DATA, payload=b"good")
    assert decoder.feed(b"") == []
    assert decoder.feed(wire[:18]) == []
    assert decoder.feed(b"") == []
    assert payloads(decoder.feed(bytearray(wire[18:]))) == [b"good"]


def test_the_major_version_of_a_frame_is_told_apart_from_its_kind() -> None:
    frame = Decoder(256).feed(encode_frame(DATA, 1, 2, 3))[0]
    assert (frame.major, frame.kind, frame.flags) == (1, DATA, 0)
    assert (frame.session, frame.id, frame.arg, bytes(frame.payload)) == (1, 2, 3, b"")
