"""What a receiver makes of frames that lie, come twice or too late."""

from lossy_link import completed  # type: ignore[import-not-found]  # beside this file

from oralcam_protocol.wire.transfer import QUIET_MS, WINDOW, Receiver


def test_end_before_the_last_bytes_asks_for_them() -> None:
    receiver = Receiver(2000, 0)
    assert receiver.data(0, 1000, 1)
    assert not receiver.end(2000, 2)
    assert not receiver.ended
    assert receiver.take_resume() == (1000, 1000 + WINDOW)


def test_an_end_of_another_size_is_refused() -> None:
    for size in (0, 999, 1001, 1 << 29):
        receiver = Receiver(1000, 0)
        assert receiver.data(0, 1000, 1)
        assert not receiver.end(size, 2)
        assert not receiver.ended


def test_silence_is_answered_once_a_quiet_time() -> None:
    receiver = Receiver(1000, 0)
    for now_ms in range(10 * QUIET_MS + 1):
        receiver.poll(now_ms)
        receiver.take_resume()
    assert receiver.resumes == 10


def test_a_finished_receiver_asks_for_nothing() -> None:
    transfer = completed(5000)
    receiver = transfer.receiver
    receiver.poll(transfer.now_ms + 10 * QUIET_MS)
    assert receiver.take_resume() is None
    assert receiver.take_credit() is None


def test_data_that_lies_about_its_place_is_refused() -> None:
    for offset, length in (
        (0, 10001),  # beyond the end
        (0, 4001),  # beyond what was granted
        (1, 100),  # behind a gap
        (10000, 1),
        (1 << 29, 1),
        (0, 0),
    ):
        receiver = Receiver(10000, 0, 0, 4000)
        assert not receiver.data(offset, length, 1), (offset, length)
        assert receiver.offset == 0
        assert receiver.limit == 4000
    receiver = Receiver(1000, 0)
    assert not receiver.data(0, 1001, 1)
    assert receiver.data(0, 1000, 1)
    assert not receiver.data(1000, 1, 1)
    assert receiver.offset == 1000


def test_data_that_was_taken_before_is_not_taken_again_and_not_asked_for() -> None:
    receiver = Receiver(4000, 0)
    assert receiver.data(0, 1000, 1)
    assert receiver.data(1000, 1000, 1)
    assert not receiver.data(0, 1000, 2)
    assert not receiver.data(1000, 1000, 2)
    assert receiver.take_resume() is None
    assert receiver.data(2000, 1000, 3)


def test_late_frames_after_the_end_change_nothing() -> None:
    receiver = Receiver(2000, 0)
    receiver.data(0, 1000, 1)
    receiver.data(1000, 1000, 1)
    assert receiver.end(2000, 2)
    assert not receiver.data(0, 1000, 3)
    assert not receiver.data(1000, 1000, 3)
    assert not receiver.data(5000, 1000, 3)
    assert receiver.end(2000, 3)
    receiver.end(5000, 3)
    receiver.poll(3 + 10 * QUIET_MS)
    assert receiver.ended
    assert receiver.take_resume() is None
