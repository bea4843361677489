from camera_app.core.clock import UnwrappedClock
from camera_app.core.events import EventRing
from camera_app.core.numbers import NumberBlock
from camera_app.core.photo_queue import PhotoQueue
from oralcam_protocol.wire.codec import Photo

WRAP = 1 << 30


def photo(capture_id):
    return Photo(capture_id, 0, 1, 0, 10, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, [])


def test_the_clock_goes_on_when_ticks_wrap():
    clock = UnwrappedClock(WRAP)
    ticks = WRAP - 1000
    assert clock.feed(ticks) == 0
    expected = 0
    while expected < 5 * WRAP:  # `range` takes no long integers on a 32-bit MicroPython
        assert clock.feed((ticks + expected) % WRAP) == expected
        expected += WRAP // 3


def test_the_clock_never_goes_back():
    clock = UnwrappedClock(WRAP)
    clock.feed(100)
    clock.feed(500)
    assert clock.feed(450) == 400  # a reading that another task overtook
    assert clock.feed(600) == 500


def test_a_recent_tick_has_its_time():
    clock = UnwrappedClock(WRAP)
    clock.feed(WRAP - 10)
    clock.feed(20)
    assert (clock.at(WRAP - 5), clock.at(20), clock.at(30)) == (5, 30, 40)


def test_numbers_are_never_reused_after_a_reset_at_any_moment():
    used = set()
    stored = 0
    for _ in range(20):
        numbers = NumberBlock(ceiling=stored, block=4)
        for _ in range(7):
            must_store = numbers.must_store()
            number = numbers.take()
            if must_store:
                stored = numbers.ceiling  # power may fail right behind this
            assert number not in used
            assert number <= stored
            used.add(number)


def test_numbers_are_stored_once_a_block():
    numbers = NumberBlock(ceiling=0, block=64)
    stores = 0
    for _ in range(640):
        stores += numbers.must_store()
        numbers.take()
    assert stores == 10


def test_events_are_found_by_number_until_they_are_overwritten():
    ring = EventRing(bytearray(4 * 8 + 3), slot=8)  # room for four
    assert (ring.oldest, ring.newest, ring.get(1)) == (1, 0, None)
    for number in range(1, 11):
        ring.add(bytes([number]))
    assert (ring.oldest, ring.newest, ring.overwritten) == (7, 10, 6)
    assert [ring.get(number) for number in (6, 7, 10, 11)] == [None, b"\x07", b"\x0a", None]


def test_an_event_fills_its_slot_and_no_other():
    ring = EventRing(bytearray(24), slot=8)
    for event in (b"1234567", b"", b"7654321"):
        ring.add(event)
    assert [ring.get(number) for number in (1, 2, 3)] == [b"1234567", b"", b"7654321"]
    for too_long in (b"12345678", bytes(300)):
        try:
            ring.add(too_long)
        except ValueError:
            assert ring.newest == 3
        else:
            raise AssertionError("taken")


def test_a_full_queue_says_so_and_keeps_what_it_has():
    queue = PhotoQueue(capacity=2)
    queue.accept(photo(1))
    assert not queue.full
    queue.accept(photo(2))
    assert queue.full
    assert len(queue) == 2
    assert queue.get(1) is not None


def test_an_acknowledged_photo_is_freed_once():
    queue = PhotoQueue(capacity=2)
    queue.accept(photo(1))
    queue.set_digest(1, b"d")
    assert queue.digest(1) == b"d"
    assert queue.acknowledge(1)
    assert not queue.acknowledge(1)
    assert queue.digest(1) is None
    assert len(queue) == 0
    queue.set_digest(1, b"d")
    assert queue.digest(1) is None  # not kept for a photo that is gone


def test_waiting_photos_are_listed_by_number():
    queue = PhotoQueue(capacity=9)
    for number in (5, 2, 9, 7):
        queue.accept(photo(number))
    assert [each.capture_id for each in queue.after(0, 3)] == [2, 5, 7]
    assert [each.capture_id for each in queue.after(7, 3)] == [9]
