"""The bus: every transfer ends, every failure is its own error, and what is stuck is freed."""

from drivers.errors import BusError
from tests.device.chips.bus import I2C
from tests.device.chips.fault import NAK, STICK, STRETCH, Fault
from tests.device.chips.raising import raised
from tests.device.chips.wired import RING, THERMOMETER, Head

PWM0 = 0x08


def test_registers_are_written_and_read():
    head = Head()
    head.bus.writeto_mem(RING, 0x80 | PWM0, b"\x01\x02\x03")
    view = bytearray(4)
    head.bus.readfrom_mem_into(RING, 0x80 | PWM0, view)
    assert view == b"\x01\x02\x03\x00"
    assert head.bus.writeto(RING, bytes([PWM0])) == 1
    one = bytearray(1)
    head.bus.readfrom_into(RING, one)
    assert one == b"\x01"


def test_a_chip_that_is_not_there_is_an_error_that_names_it():
    head = Head()
    error = raised(lambda: head.bus.writeto(0x33, b"\x00"))
    assert isinstance(error, BusError)
    assert "0x33" in str(error)
    assert isinstance(raised(lambda: head.bus.readfrom_mem_into(0x33, 0, bytearray(1))), BusError)
    assert head.bus.failures == 2


def test_soft_i2c_says_nothing_of_a_missing_acknowledgement_and_is_caught():
    head = Head(soft=True)
    head.i2c.arm(Fault(NAK, 2))
    error = raised(lambda: head.bus.writeto_mem(RING, PWM0, b"\x11"))
    assert isinstance(error, BusError)
    assert "byte 1" in str(error)


def test_no_byte_of_an_earlier_read_passes_for_this_ones():
    head = Head(soft=True)
    view = bytearray(b"\x17\x17")
    head.i2c.arm(Fault(NAK, 1))  # the register's number; SoftI2C may leave the buffer as it was
    head.bus.readfrom_mem_into(THERMOMETER, 0x0F, view)
    assert view == b"\xff\xff"


def test_a_held_clock_ends_with_the_deadline():
    head = Head()
    head.bus.recover()
    head.i2c.arm(Fault(STRETCH, 1))
    before = head.i2c.now_us
    assert isinstance(raised(lambda: head.bus.writeto(RING, b"\x00\x00")), BusError)
    assert head.i2c.now_us - before < 2 * head.i2c.timeout_us


def test_nine_clocks_free_a_bus_whose_data_line_is_held():
    head = Head()
    head.i2c.arm(Fault(STICK, 2))
    assert isinstance(raised(lambda: head.bus.writeto_mem(RING, PWM0, b"\x11")), BusError)
    assert head.i2c.clocks_owed == 9
    head.i2c.mend()
    opened = head.opened
    head.bus.writeto_mem(RING, PWM0, b"\x22")  # frees it first
    assert head.i2c.clocks_owed == 0
    assert head.opened == opened + 1
    assert head.led_chip.registers[PWM0] == 0x22


def test_freeing_ends_with_a_stop_so_that_no_chip_waits_for_more():
    head = Head()
    for owed in (0, 4, 9):
        head.i2c.clocks_owed = owed
        stops = head.i2c.stops
        head.bus.recover()
        assert head.i2c.stops == stops + 1


def test_a_line_that_stays_low_is_said_at_once_and_each_time():
    head = Head()
    head.i2c.clocks_owed = 1000
    for _ in range(3):
        before = head.i2c.now_us
        error = raised(head.bus.recover)
        assert isinstance(error, BusError)
        assert "power" in str(error)
        assert head.i2c.now_us - before < 1000
    assert isinstance(raised(lambda: head.bus.writeto(RING, b"\x00")), BusError)
    head.i2c.clocks_owed = 5
    head.bus.writeto(RING, b"\x00")


def test_a_transfer_inside_a_transfer_is_refused():
    head = Head()
    errors = []

    class Interrupted(I2C):
        def writeto(self, address, data, stop=True):
            errors.append(raised(lambda: head.bus.writeto(THERMOMETER, b"\x00")))
            return super().writeto(address, data)

    head.i2c = Interrupted(head.i2c.chips)
    head.bus.writeto(RING, b"\x00\x00")
    assert [type(error) for error in errors] == [BusError]
    head.bus.writeto(RING, b"\x00\x00")  # and the bus is free after it


def test_a_controller_that_cannot_be_opened_is_the_bus_s_error():
    head = Head()

    def cannot_open():
        raise OSError(19)

    head.bus._open_i2c = cannot_open
    assert isinstance(raised(lambda: head.bus.writeto(RING, b"\x00")), BusError)
