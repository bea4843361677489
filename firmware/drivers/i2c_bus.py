"""An I2C bus: transfers that end, and a bus that is freed after one that failed.

Every transfer has the deadline with which the board opened its controller (`timeout` of `machine.I2C`, which
bounds how long a chip may hold SCL). After a failed transfer the next one frees the bus first: nine clocks,
then STOP (NXP UM10204, 3.1.16, "bus clear"; *not read*, as the project's notes have it).
"""

from camera_app import hal
from drivers.errors import BusError

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

    from drivers.machine_types import I2C, Level

CLOCKS = 9  # a chip that sends a byte of zeros lets SDA go by then
HALF_CLOCK_US = 5  # 100 kHz, which every chip understands


class I2CBus(hal.Bus):
    """The board owns it and hands it to the drivers of its chips; nobody else touches the controller.

    `open_i2c` opens the controller; `open_lines` makes SCL and SDA plain open-drain pins, both released,
    until the next `open_i2c`.
    """

    def __init__(
        self,
        open_i2c: "Callable[[], I2C]",
        open_lines: "Callable[[], tuple[Level, Level]]",
        sleep_us: "Callable[[int], None]",
    ) -> None:
        self._open_i2c = open_i2c
        self._open_lines = open_lines
        self._sleep_us = sleep_us
        self._i2c: "I2C | None" = None  # None: to be freed before it is used
        self._busy = False
        self.failures = 0

    def writeto(self, address: int, data: "bytes | bytearray") -> int:
        """Write bytes; raise `BusError` unless each was acknowledged."""
        i2c = self._claim()
        try:
            acknowledged = i2c.writeto(address, data)
            if acknowledged != len(data):  # SoftI2C raises nothing; a port that counts otherwise was not met
                raise OSError("byte {} was not acknowledged".format(acknowledged))
            self._i2c = i2c
        except OSError as error:
            raise self._failure(address, error)
        finally:
            self._busy = False
        return acknowledged

    def readfrom_into(self, address: int, buffer: "bytearray | memoryview") -> None:
        """Fill the buffer; raise `BusError` if the chip does not answer."""
        self._read(address, -1, buffer)

    def writeto_mem(self, address: int, register: int, data: "bytes | bytearray") -> None:
        """Write registers by `writeto`: `machine.SoftI2C.writeto_mem` hides a missing acknowledgement."""
        self.writeto(address, bytes([register]) + data)

    def readfrom_mem_into(self, address: int, register: int, buffer: "bytearray | memoryview") -> None:
        """Fill the buffer from a register on; raise `BusError` if the chip does not answer."""
        self._read(address, register, buffer)

    def recover(self) -> None:
        """Free SDA by clocks and open the controller; raise `BusError` if a line stays low."""
        self._i2c = None
        try:
            scl, sda = self._open_lines()
            for _ in range(CLOCKS):
                if sda.value():
                    break
                scl.value(0)
                self._sleep_us(HALF_CLOCK_US)
                scl.value(1)
                self._sleep_us(HALF_CLOCK_US)
            if not scl.value() or not sda.value():
                raise OSError("SCL or SDA stays low, after nine clocks too: take the power off the head")
            sda.value(0)
            self._sleep_us(HALF_CLOCK_US)
            sda.value(1)
            self._sleep_us(HALF_CLOCK_US)
            self._i2c = self._open_i2c()
        except OSError as error:
            raise BusError("the I2C bus could not be freed: {}".format(error))

    def _read(self, address: int, register: int, buffer: "bytearray | memoryview") -> None:
        for index in range(len(buffer)):
            buffer[index] = 0xFF  # bytes of an earlier read must not pass for this one's
        i2c = self._claim()
        try:
            if register < 0:
                i2c.readfrom_into(address, buffer)
            else:
                i2c.readfrom_mem_into(address, register, buffer)
            self._i2c = i2c
        except OSError as error:
            raise self._failure(address, error)
        finally:
            self._busy = False

    def _claim(self) -> "I2C":
        """Take the bus for one transfer; until it has succeeded, the bus counts as stuck."""
        if self._busy:
            raise BusError("the I2C bus is in the middle of a transfer: an interrupt must not use it")
        if self._i2c is None:
            self.recover()
        i2c, self._i2c = self._i2c, None
        if i2c is None:
            raise BusError("the I2C bus is not open")
        self._busy = True
        return i2c

    def _failure(self, address: int, error: OSError) -> BusError:
        self.failures += 1
        return BusError("the chip at 0x{:02x} does not answer: {}".format(address, error))
