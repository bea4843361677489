"""An I2C bus as `machine.I2C` and `machine.SoftI2C` show it, with a clock of its own and faults at any byte.

Interface and error codes: MicroPython's documentation of machine.I2C, and extmod/machine_i2c.c as summed up
in the project's notes. `soft=True` is what SoftI2C does when a data byte is not acknowledged: it stops,
raises nothing and returns how many were; a register number that is not acknowledged leaves the reader's
buffer as it was (not verified, the worst that could be). A hardware controller raises OSError(EIO) instead.
Both are met on boards.
"""

from tests.device.chips import fault as kinds
from tests.device.chips.chip import Chip
from tests.device.chips.fault import Fault

EIO, ENODEV, ETIMEDOUT = 5, 19, 110
BYTE_US = 23  # nine bits at 400 kHz
STRETCH_US = 1000000  # far beyond any deadline
CLOCKS_TO_FREE = 9
RESET_BYTE = 0x06  # UM10204 (I2C-bus specification), general call


class Stop(Exception):
    """The transfer ended early; never seen outside of the bus."""

    def __init__(self, errno: int, position: int) -> None:
        super().__init__(errno)
        self.errno = errno
        self.position = position


class I2C:
    """The controller and its wires, with the chips by address."""

    def __init__(self, chips: "dict[int, Chip]", *, timeout_us: int = 5000, soft: bool = False) -> None:
        self.chips = chips
        self.timeout_us = timeout_us
        self.soft = soft
        self.now_us = 0
        self.position = 0  # of the next byte, since `arm`
        self.clocks_owed = 0  # SDA is held low until so many clocks have come
        self.fault: "Fault | None" = None
        self.transfers = 0
        self.stops = 0  # STOP conditions
        self._last_read = 0

    def arm(self, fault: "Fault | None") -> None:
        """Let a fault come; bytes are counted from here."""
        self.fault = fault
        self.position = 0

    def mend(self) -> None:
        """Take a fault away; SDA stays where it is."""
        self.fault = None

    # what machine.I2C has

    def writeto(self, address: int, data: "bytes | bytearray | memoryview", stop: bool = True) -> int:
        """Write; return how many bytes were acknowledged."""
        acknowledged = [0]
        try:
            self._write(address, data, acknowledged)
        except Stop as end:
            self._end_early(end)
        if stop:
            self._stop()
        return acknowledged[0]

    def readfrom_into(self, address: int, view: "bytearray | memoryview") -> None:
        """Read from where the chip points."""
        try:
            chip = self._address(address, reading=True)
            for index in range(len(view)):
                view[index] = self._read_byte(chip)
        except Stop as end:
            self._end_early(end)
        self._stop()

    def readfrom_mem_into(self, address: int, register: int, view: "bytearray | memoryview") -> None:
        """Write a register's number, then read."""
        try:
            acknowledged = [0]
            self._write(address, bytes([register]), acknowledged)
            chip = self._address(address, reading=True)
            for index in range(len(view)):
                view[index] = self._read_byte(chip)
        except Stop as end:
            self._end_early(end)
        self._stop()

    # the lines, when a driver takes them over to free the bus

    def clock(self) -> None:
        """One falling and rising edge of SCL."""
        self.now_us += 10
        if self.clocks_owed:
            self.clocks_owed -= 1

    def stop_by_hand(self) -> None:
        """SDA rose while SCL was high."""
        if not self.clocks_owed:
            self._stop()

    # inside

    def _end_early(self, end: Stop) -> None:
        if end.errno == EIO and self.soft:
            return  # the caller has to look at the count, and at what it read
        if end.errno in (EIO, ENODEV):
            self._stop()
        raise OSError(end.errno)

    def _stop(self) -> None:
        self.stops += 1
        for chip in self.chips.values():
            chip.stop()

    def _address(self, address: int, reading: bool) -> "Chip | None":
        self.transfers += 1
        if self.clocks_owed:  # a controller that sees SDA low waits for its deadline
            self.now_us += self.timeout_us
            raise Stop(ETIMEDOUT, self.position)
        chip = self.chips.get(address)
        hit = self._byte()
        if (chip is None and address != 0) or (hit is not None and hit.kind == kinds.NAK):
            raise Stop(ENODEV, self.position)
        if chip is not None:
            chip.start(reading)
        return chip

    def _write(self, address: int, data: "bytes | bytearray | memoryview", acknowledged: "list[int]") -> None:
        chip = self._address(address, reading=False)
        for byte in data:
            hit = self._byte()
            kind = "" if hit is None else hit.kind
            if kind == kinds.NAK:
                raise Stop(EIO, self.position)
            if chip is None:
                self._general_call(byte)
            elif kind == kinds.FORGET:
                chip.forget()
            else:
                chip.take(byte ^ hit.flipped if hit is not None and kind == kinds.FLIP else byte)
            acknowledged[0] += 1

    def _general_call(self, byte: int) -> None:
        if byte == RESET_BYTE:
            for chip in self.chips.values():
                chip.general_call_reset()

    def _read_byte(self, chip: "Chip | None") -> int:
        hit = self._byte()
        if chip is None or (hit is not None and hit.kind == kinds.NAK):
            return 0xFF  # nobody pulls SDA low, and a controller acknowledges what it reads itself
        if hit is not None and hit.kind == kinds.FORGET:
            return self._last_read
        byte = chip.read_register()
        if hit is not None and hit.kind == kinds.FLIP:
            byte ^= hit.flipped
        self._last_read = byte
        return byte

    def _byte(self) -> "Fault | None":
        """Nine clocks pass. Returns the fault that hits this byte and lets the transfer go on."""
        position = self.position
        self.position += 1
        fault = self.fault
        if fault is None or not fault.happens(position):
            self.now_us += BYTE_US
            return None
        if fault.kind == kinds.STRETCH:
            self.now_us += min(STRETCH_US, self.timeout_us)
            raise Stop(ETIMEDOUT, position)
        if fault.kind == kinds.STICK:
            self.clocks_owed = CLOCKS_TO_FREE
            self.now_us += self.timeout_us
            raise Stop(ETIMEDOUT, position)
        self.now_us += BYTE_US
        return fault
