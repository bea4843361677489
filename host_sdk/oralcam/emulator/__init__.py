"""A camera without a camera: the real firmware, run by a real MicroPython behind a real serial port.

>>> from oralcam.emulator import Emulator
>>> with Emulator() as emulator:
...     emulator.serial_number.startswith("EMU-")
True

Modules without `__all__` are internal.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.emulator.bench import Bench as Bench
    from oralcam.emulator.emulator import Emulator as Emulator

__all__ = ["Bench", "Emulator"]


if not TYPE_CHECKING:  # to a type checker, every name would be there

    def __getattr__(name: str) -> object:  # `oralcam list` wants the registry only
        if name == "Bench":
            from oralcam.emulator.bench import Bench

            return Bench
        if name == "Emulator":
            from oralcam.emulator.emulator import Emulator

            return Emulator
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
