"""The rig on a Pico, on a fake of `machine`."""

import asyncio
import sys
import time

import fake_machine  # type: ignore[import-not-found]  # beside this file

sys.modules["machine"] = fake_machine
if sys.implementation.name != "micropython":
    sys.modules["micropython"] = fake_machine
    setattr(time, "ticks_us", lambda: time.monotonic_ns() // 1000 % (1 << 30))  # noqa: B010

from rig_app.messages import BOARD_PREFIX  # noqa: E402
from rig_boards.pico import board as pico  # noqa: E402
from rig_boards.pico import pins  # noqa: E402
from rig_boards.pico.parts import AdcLight, PicoTicks, PinContact, Tmp117Thermometer  # noqa: E402


class NoLink:
    """Standard input is the test runner's."""


def started():
    fake_machine.levels.clear()
    setattr(pico, "StdioLink", NoLink)  # noqa: B010
    return pico.PicoRigBoard()


def test_at_its_start_the_button_is_up_the_heater_off_and_the_camera_powered():
    board = started()
    assert fake_machine.levels[pins.BUTTON] == 0
    assert fake_machine.levels[pins.HEATER] == 0
    assert fake_machine.levels[pins.POWER] == 1
    assert board.name.startswith(BOARD_PREFIX)
    assert board.serial_number == "E6605838830A002F"
    assert 0 <= board.random_u32() < 1 << 32


def test_the_service_pin_leaves_the_repl():
    fake_machine.levels.clear()
    fake_machine.levels[pins.SERVICE] = 0
    try:
        pico.PicoRigBoard()
        raise AssertionError("started")
    except SystemExit:
        pass
    assert fake_machine.levels[pins.HEATER] == 0


def test_it_tells_a_watchdog_reset_from_a_power_on():
    assert started().reset_cause == 1
    fake_machine.cause = fake_machine.WDT_RESET
    assert started().reset_cause == 3
    fake_machine.cause = fake_machine.PWRON_RESET


def test_the_watchdog_is_fed():
    async def run():
        task = asyncio.create_task(board.run())
        while len(fake_machine.fed) < 2:
            await asyncio.sleep(0)
        task.cancel()

    board = started()
    fake_machine.fed.clear()
    asyncio.run(run())
    assert fake_machine.fed[:2] == [8000, 0]


def test_a_contact_moves_its_pin_and_says_when():
    async def run():
        before = ticks.ticks_us()
        at = await contact.set(True)
        assert fake_machine.levels[7] == 1
        assert (at - before) % ticks.WRAP_US < 1000000
        contact.off_at_once()
        assert fake_machine.levels[7] == 0

    ticks = PicoTicks()
    contact = PinContact(7, ticks)
    assert fake_machine.levels[7] == 0
    asyncio.run(run())


def test_light_is_read_in_millivolts():
    fake_machine.millivolts.clear()
    fake_machine.millivolts.update({26: 0, 27: 3300, 28: 1650})
    low, high, middle = AdcLight(pins.LIGHT, PicoTicks()).read()
    assert (low, high) == (0, 3300)
    assert abs(middle - 1650) <= 1


def test_light_is_watched_until_enough_was_seen_and_others_get_their_turn():
    turns: list[int] = []

    async def other():
        while True:
            turns.append(1)
            await asyncio.sleep(0)

    def take(at, millivolts):
        samples.append(at)
        return len(turns) >= 3

    async def run():
        task = asyncio.create_task(other())
        await light.watch(take)
        task.cancel()

    samples: list[int] = []
    light = AdcLight(pins.LIGHT, PicoTicks())
    asyncio.run(run())
    assert len(samples) > 3


def test_the_thermometers_registers_are_understood():
    thermometer = Tmp117Thermometer(pins.SDA, pins.SCL)
    # raw values and temperatures: TMP117 data sheet, table "Temperature Data Format"
    for raw, millidegrees in ((0x0C80, 25000), (0x0001, 7), (0x0000, 0), (0xFFFF, -8), (0xF380, -25000)):
        fake_machine.registers.update({0x0F: 0x0117, 0x00: raw})
        assert thermometer.read_mc() == millidegrees
    fake_machine.registers[0x0F] = 0x1117  # another revision
    assert thermometer.read_mc() == -25000


def test_a_thermometer_that_is_none_or_not_ready_says_nothing():
    thermometer = Tmp117Thermometer(pins.SDA, pins.SCL)
    fake_machine.registers.update({0x0F: 0x0117, 0x00: 0x8000})
    assert thermometer.read_mc() is None
    fake_machine.registers.update({0x0F: 0x0075, 0x00: 0x0C80})
    assert thermometer.read_mc() is None
    fake_machine.registers.clear()
    assert thermometer.read_mc() is None
