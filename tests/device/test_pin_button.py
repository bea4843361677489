"""The button at a pin: edges by interrupt, levels by sampling, and no edge twice."""

import asyncio

from camera_app.hal import Ticks
from drivers.pin_button import KEPT, PinButton
from tests.device.chips.pin import Pin


class Counter(Ticks):
    now_us = 0

    def ticks_us(self):
        self.now_us += 1
        return self.now_us


class Flag:
    """As asyncio.ThreadSafeFlag: one waiter, cleared by waiting."""

    def __init__(self):
        self._event = asyncio.Event()

    def set(self):
        self._event.set()

    async def wait(self):
        await self._event.wait()
        self._event.clear()


def pressed_button(pin, hard=False):
    return PinButton(pin, 0, Counter(), Flag(), hard)


def edges(button):
    found: "list[bool]" = []
    while True:
        edge = button.take_edge()
        if edge is None:
            return found
        found.append(edge[0])


def test_edges_come_in_order_with_their_times():
    pin = Pin(1)
    button = pressed_button(pin)
    pin.change(0)
    pin.change(1)
    first, second = button.take_edge(), button.take_edge()
    assert (first[0], second[0]) == (True, False)
    assert first[1] < second[1]
    assert button.take_edge() is None


def test_a_lost_edge_is_found_by_the_level():
    pin = Pin(1)
    button = pressed_button(pin)
    pin.change(0, lose_edge=True)
    assert button.pressed()
    assert edges(button) == [True]
    pin.change(1)
    assert edges(button) == [False]


def test_a_bounce_that_was_over_when_the_interrupt_looked_is_no_edge():
    pin = Pin(1)
    button = pressed_button(pin)
    button._on_edge(pin)
    button._on_edge(pin)
    assert edges(button) == []


def test_more_bounces_than_there_is_room_for_lose_edges_and_no_level():
    pin = Pin(1)
    button = pressed_button(pin)
    for bounce in range(3 * KEPT + 1):
        pin.change(bounce % 2)
    assert button.lost == 2 * KEPT + 1
    assert edges(button)[-1:] == [True]
    assert button.pressed()
    pin.change(1)
    assert edges(button) == [False]


def test_hard_is_asked_for_where_the_port_knows_it():
    for accepts_hard, hard, heard in ((True, True, True), (True, False, None), (False, True, None)):
        pin = Pin(1, accepts_hard=accepts_hard)
        assert pressed_button(pin, hard).has_interrupt
        assert pin.hard is heard
        pin.change(0)


class StillTicks(Ticks):
    def ticks_us(self):
        return 5


class StillFlag(Flag):
    def set(self):
        pass


def test_the_handler_allocates_nothing():
    try:
        from micropython import heap_lock, heap_unlock  # type: ignore[import-not-found]
    except ImportError:
        return  # CPython counts no heap; MicroPython runs this very test
    pin = Pin(1)
    button = PinButton(pin, 0, StillTicks(), StillFlag())
    heap_lock()
    try:
        button._on_edge(pin)
    finally:
        heap_unlock()
    assert button._put == 1


def test_waiting_ends_with_an_edge():
    for has_irq, lose_edge in ((True, False), (True, True), (False, False)):
        pin = Pin(1, has_irq=has_irq)

        async def press_while_waiting(pin=pin, lose_edge=lose_edge):
            button = pressed_button(pin)
            waiting = asyncio.create_task(button.wait())
            await asyncio.sleep(0)
            pin.change(0, lose_edge=lose_edge)
            await asyncio.wait_for(waiting, 30)
            return button

        button = asyncio.run(press_while_waiting())
        assert button.has_interrupt == has_irq
        assert edges(button) == [True]


def test_an_edge_before_the_wait_ends_it_at_once():
    pin = Pin(1)
    button = pressed_button(pin)
    pin.change(0)
    asyncio.run(asyncio.wait_for(button.wait(), 30))
    assert edges(button) == [True]
