"""The port of a rig controller, found by its board's serial number."""

from __future__ import annotations

from serial.tools import list_ports

from hil_tests.errors import BenchError


def port_of(serial_number: str) -> str:
    """Return the port. Raises `BenchError` if no board with this serial number is connected."""
    ports = sorted(list_ports.comports())
    for port in ports:
        if port.serial_number == serial_number:
            return str(port.device)
    there = ", ".join(port.serial_number for port in ports if port.serial_number) or "none"
    raise BenchError(f"No board with serial number {serial_number} is connected (connected: {there}).")
