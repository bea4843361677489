"""The console: on the emulated boards it shares the product's port, as on a board without a UART to spare."""

from camera_app import hal


class PrintConsole(hal.Console):
    """MicroPython's own standard output; the host's decoder tells text from frames."""

    def write(self, text: str) -> None:
        """Print it."""
        print(text)
