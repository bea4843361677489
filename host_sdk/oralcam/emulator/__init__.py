"""A camera without a camera: the real firmware, run by a real MicroPython behind a real serial port.

>>> from oralcam.emulator import Emulator
>>> with Emulator() as emulator:
...     emulator.serial_number.startswith("EMU-")
True
"""

from oralcam.emulator.bench import Bench
from oralcam.emulator.emulator import Emulator

__all__ = ["Bench", "Emulator"]
