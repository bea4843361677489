"""A reader of events that is too slow: what it did not get is counted where programs look."""

from __future__ import annotations

from pytest_mock import MockerFixture

from oralcam.events.buffer import KEPT, EventBuffer
from oralcam.link.ports.counters import LinkCounters


def test_events_that_a_reader_was_too_late_for_are_counted(mocker: MockerFixture) -> None:
    link = mocker.MagicMock(counters=LinkCounters())
    connection = link.connection = mocker.Mock(down=None)
    connection.hello.serial_number = "OC-1"
    connection.clock.moment.return_value = None
    buffer = EventBuffer()
    place = buffer.place
    for number in range(1, 2 * KEPT + 2):
        buffer.add(connection, mocker.Mock(number=number, type=1, press_number=0, capture_id=0, code=0))
    events, after = buffer.after(place, link, 0)
    assert (events[0].number, events[-1].number) == (KEPT + 1, 2 * KEPT + 1)
    assert link.counters.events_overtaken == KEPT
    assert after == buffer.place
    assert buffer.after(after, link, 0) == ([], after)
    assert link.counters.events_overtaken == KEPT
