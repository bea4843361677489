"""The ring of a PCA9955B: what flows, what is refused, and what a chip that lies cannot hide."""

from camera_app.hal import Ring
from drivers.errors import BusError, ChipError, DriverError
from drivers.pca9955b import PCA9955B
from tests.device.chips.fault import FLIP, FORGET, KINDS, NAK, STICK, Fault
from tests.device.chips.pca9955b import OPEN, SHORT, STEP_UA
from tests.device.chips.raising import raised
from tests.device.chips.wired import RING, ZONE_CAP_UA, ZONES, Head

APPLY_BYTES = 2 + 40 + 2 + 1 + 40  # two transfers: set all, show all
DARK = [0, 0, 0]
NAN = float("nan")


def lit_head(currents, soft=False):
    head = Head(soft=soft)
    head.ring.apply(currents)
    head.ring.enable(True)
    return head


def near(flows, asked):
    """Never more than asked but for the model's rounding up; less by a step a channel and 2 % at most."""
    return all(
        asked_ua - STEP_UA * len(channels) - asked_ua // 50 <= flow <= asked_ua + len(channels)
        for flow, asked_ua, channels in zip(flows, asked, ZONES)
    )


def test_what_is_asked_for_flows():
    for asked in ([20000, 10000, 300], [1, 0, 19999], [12345, 6789, 4321], DARK, [20000] * 3):
        head = lit_head(asked)
        assert near(head.lit_ua(), asked), (asked, head.lit_ua())


def test_no_other_function_of_the_chip_is_used():
    head = lit_head([20000, 10000, 300])
    registers = head.led_chip.registers
    assert registers[0] & 0x7F == 0  # awake, at its own address alone
    assert (registers[1], registers[6], registers[7]) == (0x01, 0xFF, 0)  # no group
    assert bytes(registers[0x28:0x3F]) == bytes(0x3F - 0x28)  # no ramps


def test_small_currents_are_not_rounded_to_a_step():
    head = lit_head([400, 100, 60])
    assert [abs(flow - asked) <= 8 for flow, asked in zip(head.lit_ua(), [400, 100, 60])] == [True] * 3


def test_the_ring_is_dark_until_the_enable_line_says_otherwise():
    head = Head()
    assert head.oe.level == 1
    head.ring.apply([20000, 0, 0])
    assert head.lit_ua() == DARK
    head.ring.enable(True)
    assert head.lit_ua()[0] > 19000
    head.ring.enable(False)
    assert head.lit_ua() == DARK


def test_a_chip_that_was_lit_by_an_earlier_life_is_made_dark_by_the_first_apply():
    head = Head()
    head.led_chip.registers[0x38] = 0xFF  # gradation of all channels
    for number in range(0x08, 0x28):
        head.led_chip.registers[number] = 0xFF
    head.led_chip.stop()
    head.ring.apply(DARK)
    head.ring.enable(True)
    assert head.lit_ua() == DARK
    assert head.led_chip.registers[0x38] == 0


def wrong_currents():
    return [-1, 0, 0], [0, 20001, 0], [0, 0, NAN], [0.5, 0, 0], [0, 0], [0] * 4, [float("inf"), 0, 0]


def test_what_is_no_current_is_refused_before_anything_is_sent():
    head = lit_head([1000, 0, 0])
    transfers, flows = head.i2c.transfers, head.lit_ua()
    for wrong in wrong_currents():
        assert isinstance(raised(lambda: head.ring.apply(wrong)), ValueError), wrong  # noqa: B023
    assert (head.i2c.transfers, head.lit_ua()) == (transfers, flows)


def test_no_channel_gets_more_than_the_board_allows_whatever_its_pwm():
    head = lit_head([20000, 20000, 20000])
    chip = PCA9955B(head.bus, RING, 5000)
    chip.start()
    chip.want_dark()
    chip.want(3, 57000, 57000)  # past the ring's own check
    chip.drive()
    assert head.led_chip.registers[0x18 + 3] * STEP_UA <= 5000
    assert chip.peak_ua(57000) <= 5000
    assert isinstance(raised(lambda: PCA9955B(head.bus, RING, STEP_UA - 1).peak_ua(9000)), ValueError)
    assert isinstance(raised(lambda: PCA9955B(head.bus, RING, 9000).peak_ua(STEP_UA - 1)), ValueError)


def test_no_zone_s_peak_passes_its_cap_at_any_level():
    head = lit_head([0, 0, 0])
    assert head.ring.rated_ua == 20000
    assert 19000 < head.ring.peak_ua <= 20000
    for level_ua in list(range(0, 20001, 777)) + [19801, 20000]:  # noqa: RUF005  # MicroPython has no [*…]
        head.ring.apply([level_ua] * 3)
        for channels in ZONES:
            steps = sum([head.led_chip.registers[0x18 + channel] for channel in channels])
            assert steps * STEP_UA <= min(ZONE_CAP_UA, level_ua + STEP_UA * len(channels))


def test_errors_can_be_detected_at_full_light():
    head = lit_head([ZONE_CAP_UA] * 3)
    lit = [channel for zone in ZONES for channel in zone]
    assert all(8 <= head.led_chip.registers[0x08 + channel] <= 254 for channel in lit)


def test_faults_are_told_and_a_single_wrong_reading_is_not():
    head = lit_head([4000, 4000, 4000])
    assert head.ring.faults() == 0
    head.led_chip.wiring[5] = OPEN
    assert [head.ring.faults() for _ in range(3)] == [0, 0, Ring.OPEN]
    head.led_chip.wiring[5] = 0
    assert head.ring.faults() == 0
    head.led_chip.wiring[14] = SHORT
    head.led_chip.wiring[1] = OPEN
    assert [head.ring.faults() for _ in range(3)] == [0, 0, Ring.SHORT | Ring.OPEN]
    head.led_chip.wiring[14] = head.led_chip.wiring[1] = 0
    head.led_chip.too_hot = True
    assert head.ring.faults() == Ring.HOT


def test_a_chip_that_forgot_everything_is_noticed_by_faults_and_set_right_by_apply():
    head = lit_head([9000, 0, 0])
    head.led_chip.power_on()
    assert isinstance(raised(head.ring.faults), ChipError)
    head.ring.apply([9000, 0, 0])
    assert head.ring.faults() == 0
    head.led_chip.registers[1] = 0x05
    assert isinstance(raised(head.ring.faults), ChipError)
    head.ring.apply([9000, 0, 0])
    assert near(head.lit_ua(), [9000, 0, 0])


def test_a_software_reset_reaches_every_chip_that_listens():
    head = lit_head([9000, 0, 0])
    head.bus.writeto(0x48, b"\x02\x12\x34")
    PCA9955B(head.bus, RING, 5000).software_reset()
    assert head.lit_ua() == DARK
    assert head.thermometer_chip.registers[2] == 0x6000


def every_fault():
    """All but a bit that is wrong alike in every byte, written and read: no register can show that."""
    for kind in KINDS:
        for at in range(APPLY_BYTES):
            yield Fault(kind, at)
            if kind != FLIP:
                yield Fault(kind, at, lasting=True)


def test_every_fault_at_every_byte_raises_or_the_ring_does_as_it_was_told():
    for soft in (False, True):
        for before, after in (([0, 0, 0], [20000, 300, 9000]), ([20000, 9000, 300], DARK)):
            head = lit_head(before, soft)
            for fault in every_fault():
                head.ring.apply(before)
                head.i2c.arm(fault)
                error = raised(lambda: head.ring.apply(after))  # noqa: B023
                head.i2c.mend()
                if error is None:  # an address that was not taken, a byte that was there already, a flag
                    assert head.led_chip.registers[:0x40] == lit_head(after).led_chip.registers[:0x40], fault
                else:
                    assert isinstance(error, DriverError), (fault, error)
                check_old_or_new(head, before, after, fault)
                head.ring.apply(after)  # the bus was freed, the chip set right
                assert near(head.lit_ua(), after), fault


def check_old_or_new(head, before, after, fault):
    """A transfer that broke off leaves each zone its old or its new current, to a step a channel.

    A chip that takes wrong bits keeps to nothing: there only the error counts.
    """
    if fault.kind in (FLIP, FORGET):
        return
    for flow, old, new, channels in zip(head.lit_ua(), before, after, ZONES):
        assert flow <= min(ZONE_CAP_UA, max(old, new) + STEP_UA * len(channels)), (fault, head.lit_ua())


def test_no_fault_takes_longer_than_the_deadlines_of_its_transfers():
    head = lit_head([5000] * 3)
    for fault in every_fault():
        head.i2c.arm(fault)
        before = head.i2c.now_us
        raised(lambda: head.ring.apply([6000] * 3))
        assert head.i2c.now_us - before < 2 * head.i2c.timeout_us + 5000, fault
        head.i2c.mend()


def test_a_dead_bus_leaves_the_enable_line():
    head = lit_head([20000] * 3)
    head.i2c.arm(Fault(STICK, 0, lasting=True))
    for _ in range(3):
        assert isinstance(raised(lambda: head.ring.apply(DARK)), BusError)
    assert head.lit_ua() != DARK  # which is why it said so
    head.ring.enable(False)
    assert head.lit_ua() == DARK


def test_an_enable_line_that_does_not_follow_says_so():
    head = lit_head([20000] * 3)
    head.oe.stuck = True
    assert isinstance(raised(lambda: head.ring.enable(False)), ChipError)


def test_start_fails_loudly_and_is_tried_again():
    for at in range(2 * APPLY_BYTES + 2 * (2 + 24) + 1):
        for kind in KINDS:
            head = Head()
            head.i2c.arm(Fault(kind, at, lasting=kind != FLIP))
            error = raised(lambda: head.ring.apply([700, 0, 0]))  # noqa: B023
            assert error is None or isinstance(error, DriverError)
            head.i2c.mend()
            head.ring.apply([700, 0, 0])
            head.ring.enable(True)
            assert near(head.lit_ua(), [700, 0, 0])
            assert head.led_chip.registers[0x38] == 0


def test_nak_of_the_first_transfer_is_the_driver_s_error():
    head = Head()
    head.i2c.arm(Fault(NAK, 0))
    assert isinstance(raised(lambda: head.ring.apply(DARK)), BusError)
