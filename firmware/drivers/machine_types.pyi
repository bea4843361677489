"""What a board hands in, after MicroPython's `machine` and micropython-lib. For the type checker only."""

from collections.abc import Callable
from typing import Any, Protocol

class I2C(Protocol):
    """`machine.I2C` or `machine.SoftI2C`."""

    def writeto(self, address: int, data: bytes | bytearray | memoryview, stop: bool = ...) -> int:
        """Return how many bytes were acknowledged."""
    def readfrom_into(self, address: int, view: bytearray | memoryview) -> None:
        """Fill the view."""
    def readfrom_mem_into(self, address: int, register: int, view: bytearray | memoryview) -> None:
        """Fill the view."""

class Level(Protocol):
    """A `machine.Pin`, as far as its level goes."""

    def value(self, level: int | None = ...) -> int | None:
        """Read or drive it."""

class EdgePin(Level, Protocol):
    """A `machine.Pin` that may have an interrupt."""

    IRQ_FALLING: int
    IRQ_RISING: int
    def irq(self, handler: Callable[[Any], None], trigger: int, **keywords: bool) -> object:
        """Call the handler at each edge."""

class Pwm(Protocol):
    """`machine.PWM`."""

    def duty_u16(self, value: int | None = ...) -> int | None:
        """Set or read the duty."""

class Adc(Protocol):
    """`machine.ADC`."""

    def read_u16(self) -> int:
        """0 to 65535."""

class Pixels(Protocol):
    """`neopixel.NeoPixel`."""

    n: int
    def __setitem__(self, index: int, colour: tuple[int, int, int]) -> None: ...
    def write(self) -> None:
        """Send them."""

class Flag(Protocol):
    """`asyncio.ThreadSafeFlag`."""

    def set(self) -> None:
        """Let the waiting task go on; callable from an interrupt."""
    async def wait(self) -> None:
        """Wait until it is set, and clear it."""
