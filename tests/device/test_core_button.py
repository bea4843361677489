from camera_app.core.button import DEBOUNCE_MS, DOUBLE_MS, LONG_MS, Button
from oralcam_protocol.wire.enums import EventType


def found(button):
    events: list[tuple[int, int]] = []
    while True:
        event = button.take()
        if event is None:
            return events
        events.append(event)


def test_a_press_is_reported_with_the_time_of_its_first_edge():
    button = Button()
    button.edge(True, 100)
    button.edge(False, 102)
    button.edge(True, 103)
    button.poll(103 + DEBOUNCE_MS)
    assert found(button) == [(EventType.PRESS, 100)]


def test_a_bounce_shorter_than_the_debounce_is_no_press():
    button = Button()
    button.edge(True, 100)
    button.edge(False, 100 + DEBOUNCE_MS - 1)
    button.poll(200)
    assert found(button) == []


def test_edges_that_are_looked_at_late_still_make_a_press_and_a_release():
    button = Button()
    button.edge(True, 100)
    button.edge(False, 150)  # nobody polled in between: the sensor kept the processor busy
    button.poll(400)
    assert found(button) == [(EventType.PRESS, 100), (EventType.RELEASE, 150)]


def test_two_quick_presses_are_a_double_press_too():
    button = Button()
    for at in (100, 300):
        button.edge(True, at)
        button.poll(at + 50)
        button.edge(False, at + 60)
        button.poll(at + 120)
    assert [type for type, _ in found(button)] == [
        EventType.PRESS,
        EventType.RELEASE,
        EventType.PRESS,
        EventType.DOUBLE_PRESS,
        EventType.RELEASE,
    ]


def test_slow_presses_are_not_a_double_press():
    button = Button()
    for at in (1000, 1060 + DOUBLE_MS + 1):
        button.edge(True, at)
        button.poll(at + 50)
        button.edge(False, at + 60)
        button.poll(at + 120)
    assert EventType.DOUBLE_PRESS not in [type for type, _ in found(button)]


def test_a_long_press_is_reported_once_and_only_while_held():
    button = Button()
    button.edge(True, 0)
    button.poll(50)
    button.poll(LONG_MS - 1)
    assert found(button) == [(EventType.PRESS, 0)]
    button.poll(LONG_MS)
    button.poll(LONG_MS * 2)
    assert found(button) == [(EventType.LONG_PRESS, LONG_MS)]


def test_a_button_held_at_start_is_no_press():
    button = Button(pressed=True)
    button.edge(True, 0)
    button.poll(1000)
    assert found(button) == []
    button.edge(False, 1100)
    button.poll(1200)
    assert found(button) == [(EventType.RELEASE, 1100)]


def test_next_poll_is_when_something_can_happen():
    button = Button()
    assert button.next_poll_ms(0) == 1000
    button.edge(True, 100)
    assert button.next_poll_ms(100) == DEBOUNCE_MS
    button.poll(100 + DEBOUNCE_MS)
    assert button.next_poll_ms(100 + LONG_MS - 30) == 30
