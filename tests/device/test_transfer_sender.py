"""What a sender does with credit and resumption that come late."""

from oralcam_protocol.wire.transfer import Receiver, Sender


def test_late_credit_and_resume_do_not_hurt_a_sender() -> None:
    sender = Sender(10000, 0, 4000, 1000)
    while sender.next_piece() is not None:
        pass
    assert sender.offset == 4000
    sender.credit(3000)
    assert sender.next_piece() is None
    sender.credit(5000)
    sender.credit(4500)
    assert sender.next_piece() == (4000, 1000)
    sender.resume(10001, 20000)
    sender.resume(-1, 20000)
    assert sender.offset == 5000
    assert sender.next_piece() is None
    sender.resume(2000, 6000)
    assert [sender.next_piece() for _ in range(5)] == [
        (2000, 1000),
        (3000, 1000),
        (4000, 1000),
        (5000, 1000),
        None,
    ]


def test_credit_is_extended_at_half_the_window_and_not_past_the_end() -> None:
    receiver = Receiver(10000, 0, 0, 4000)
    assert receiver.data(0, 1999, 1)
    assert receiver.take_credit() is None
    assert receiver.data(1999, 1, 1)
    assert receiver.take_credit() == 6000
    assert receiver.take_credit() is None
    grants = 0
    while receiver.offset < 10000:
        assert receiver.data(receiver.offset, 500, 2)
        grants += receiver.take_credit() is not None
    assert grants == 2  # up to 8000, then up to 10000: the rest needs no more


def test_credit_that_stays_out_ends_the_sending_until_it_comes() -> None:
    sender = Sender(3000, 0, 1500, 1000)
    assert [sender.next_piece() for _ in range(3)] == [(0, 1000), (1000, 500), None]
    assert not sender.end_due
    sender.credit(99999)
    assert [sender.next_piece() for _ in range(3)] == [(1500, 1000), (2500, 500), None]
    assert sender.end_due
