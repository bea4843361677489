"""What is measured does its job: wrong work would have a time too."""

from __future__ import annotations

import hashlib
import io
import random

import pytest

from tools.benchmarks.decode import FRAME_PAYLOAD, cut, decode_all, payloads
from tools.benchmarks.junk import discard_all
from tools.benchmarks.rig import BenchFailed
from tools.testbeds.sample_photo import jpeg_of


def test_the_photo_has_its_size_and_is_a_picture():
    image = pytest.importorskip("PIL.Image")
    for size in (5_000, 70_000, 131_077, 200_001):
        photo = jpeg_of(size, random.Random(1))
        assert len(photo) == size
        image.open(io.BytesIO(photo)).load()


@pytest.mark.parametrize("beyond", range(4, 12))
def test_a_photo_of_nearly_a_whole_number_of_segments_has_its_size_too(beyond):
    bare = len(jpeg_of(5_000, random.Random(1))) - 5_000 + 700
    assert len(jpeg_of(bare + 65_537 * 2 + beyond, random.Random(1))) == bare + 65_537 * 2 + beyond


def test_a_photo_that_would_be_too_short_is_refused():
    with pytest.raises(ValueError, match="a photo takes"):
        jpeg_of(10, random.Random(1))


def test_the_decoders_get_all_of_it():
    from oralcam_protocol.wire.frame import encode_frame

    sent = payloads(random.Random(1), 20_000)
    stream = b"".join(encode_frame(7, 1, 1, 0, payload) for payload in sent)
    assert [len(payload) for payload in sent] == [FRAME_PAYLOAD] * 4 + [20_000 - 4 * FRAME_PAYLOAD]
    assert decode_all(cut(stream, 4095)) == 20_000


def test_junk_is_junk():
    assert discard_all(cut(random.Random(1).randbytes(20_000), 16384)) == 20_000


def test_openmv_receives_what_it_encodes():
    pytest.importorskip("openmv")
    from tools.benchmarks.openmv_peer import OpenmvPeer

    peer = OpenmvPeer(FRAME_PAYLOAD)
    sent = payloads(random.Random(1), 20_000)
    pieces = cut(peer.encode(sent), 16384)
    assert peer.decode(pieces, len(sent)) == peer.decode(pieces, len(sent)) == 20_000


def test_a_photo_that_draws_a_warning_is_not_timed():
    from tools.benchmarks.quality import half_size_gray, judge, photo

    judge(photo((640, 480), noise=1.0))
    half_size_gray(photo((640, 480), noise=1.0))
    with pytest.raises(BenchFailed):
        judge(photo((640, 480), noise=60.0))


def test_cobs_receives_what_it_encodes():
    pytest.importorskip("cobs")
    from tools.benchmarks.cobs_peer import CobsPeer

    sent = payloads(random.Random(1), 20_000)
    assert CobsPeer().decode(cut(CobsPeer().encode(sent), 16384)) == 20_000


def test_a_splice_that_touches_a_pixel_or_forgets_a_word_is_not_timed():
    from oralcam.jpeg import PhotoMetadata, inspect, tag
    from tools.benchmarks.splice import SAID, check, photo_of

    photo = photo_of((64, 48), random.Random(1))
    assert inspect(photo).chroma == "4:2:2"
    check(photo, tag(photo, SAID))
    other = photo_of((64, 48), random.Random(2))
    for wrong in (tag(other, SAID), tag(photo, PhotoMetadata()), photo):
        with pytest.raises(BenchFailed):
            check(photo, wrong)


def test_what_pydicom_writes_is_what_we_write(tmp_path):
    pytest.importorskip("pydicom")
    from oralcam.dicom.photo import photographic_image
    from tools.benchmarks import dicom_write
    from tools.benchmarks.splice import photo_of

    photo = photo_of((160, 120), random.Random(1))
    dicom_write.SHA256[photo] = hashlib.sha256(photo).hexdigest()
    ours, plain = tmp_path / "ours.dcm", tmp_path / "plain.dcm"
    tagged = dicom_write.ours(photo, (160, 120), ours)
    made = photographic_image(dicom_write.record_of(photo, (160, 120)), photo)
    dicom_write.plain_pydicom(dicom_write.attributes(made.dataset), photo, plain)
    dicom_write.check(photo, tagged, ours, plain)
    plain.write_bytes(plain.read_bytes().replace(b"Fractured", b"Fractures"))
    with pytest.raises(BenchFailed):
        dicom_write.check(photo, tagged, ours, plain)
