"""Open questions about the boards themselves, asked in service mode (E4 and E6 in hil_tests/README.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.power_switch import PowerSwitch
from hil_tests.instruments.service_console import ServiceConsole
from hil_tests.report.measurements import Measurements
from oralcam import Camera
from oralcam.errors import OralcamError

WIRING = "button, power, service_console"
VERIFY_S = 2.0
HASH_S = 2.0

MODULES = """
import sys
try:
    import machine
    print("USBDevice" if hasattr(machine, "USBDevice") else "no USBDevice", *sys.implementation.version[:3])
except ImportError:
    print("no machine", *sys.implementation.version[:3])
"""
RSA = """
import time
n = (1 << 3071) + 1234567891
s = (1 << 3000) + 987654321
t = time.ticks_us()
pow(s, 65537, n)
print(time.ticks_diff(time.ticks_us(), t))
"""
SHA = """
import hashlib, time
block = bytes(4096)
t = time.ticks_us()
h = hashlib.sha256()
for _ in range(256):
    h.update(block)
h.digest()
print(time.ticks_diff(time.ticks_us(), t))
"""


@pytest.fixture
def service_mode(
    service_console: ServiceConsole,
    button: ButtonActuator,
    power: PowerSwitch,
    open_camera: Callable[..., Camera],
) -> Iterator[ServiceConsole]:
    """Start the camera with its button held; afterwards it is a product again."""
    del open_camera  # it has left the camera as if nobody had used it
    power.off()
    button.down()
    power.on()
    yield service_console
    power.off()
    button.up()
    power.on()


@pytest.mark.hardware("is machine.USBDevice there, and which MicroPython (E4)", wiring=WIRING)
def test_the_board_has_run_time_usb_and_a_new_enough_micropython(
    service_mode: ServiceConsole, measure: Measurements
) -> None:
    *usb, major, minor, _ = service_mode.run(MODULES).split()
    assert usb == ["USBDevice"]
    measure.value("micropython", int(major) * 100 + int(minor), "100 * major + minor", low=125)


@pytest.mark.hardware("how long an RSA-3072 signature takes to verify (E6)", wiring=WIRING)
def test_a_signature_is_verified_in_time(service_mode: ServiceConsole, measure: Measurements) -> None:
    measure.timing("rsa_3072_verify", int(service_mode.run(RSA)) / 1e6, "s", high=VERIFY_S)


@pytest.mark.hardware("how long SHA-256 of 1 MB takes (E6)", wiring=WIRING)
def test_a_megabyte_is_hashed_in_time(service_mode: ServiceConsole, measure: Measurements) -> None:
    measure.timing("sha256_of_1_mb", int(service_mode.run(SHA)) / 1e6, "s", high=HASH_S)


@pytest.mark.hardware("the watchdog resets a stuck loop, and the ring goes dark (E6)", wiring=WIRING)
def test_the_watchdog_resets_a_stuck_loop(
    bench: Bench, service_mode: ServiceConsole, button: ButtonActuator, open_camera: Callable[..., Camera]
) -> None:
    button.up()  # the next start is a product's
    service_mode.run("import machine; wdt = machine.WDT(timeout=8000)")
    bench.until(lambda: is_back(open_camera), "the camera back after a watchdog reset", 30)
    with open_camera() as camera:
        assert camera.reset_cause == "watchdog"


def is_back(open_camera: Callable[..., Camera]) -> bool:
    try:
        open_camera().close()
    except OralcamError:
        return False
    return True
