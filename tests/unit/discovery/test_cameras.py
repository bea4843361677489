"""Where a camera that was unplugged may be again; what a `CameraInfo` is."""

from __future__ import annotations

import copy
import pickle

import pytest

from oralcam.discovery.cameras import CameraInfo, is_port, ports_of


def info(serial: str, *ports: str, trouble: str = "") -> CameraInfo:
    return CameraInfo(serial, ports[-1] if ports else "", "usb", "oralcam", ports, trouble)


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ([info("OC-1", "usb:1-4", "tty4")], ["usb:1-4", "tty4"]),  # somewhere else, both interfaces
        ([info("OC-1", "tty1")], ["tty1"]),  # one has been pulled
        ([], ["usb:1-1"]),
        ([info("OC-2", "usb:1-1", "tty1")], []),  # its location is another camera's now
        ([info("", "usb:1-1", "tty1")], ["usb:1-1", "tty1"]),  # it never gave a serial number
        ([info("OC-1", "usb:1-1", "tty1"), info("OC-1", "usb:1-2", "tty2")], ["usb:1-1", "tty1"]),
        ([info("OC-1", "usb:1-2", "tty2"), info("OC-1", "usb:1-3", "tty3")], ["usb:1-1"]),
        ([info("OC-1")], ["usb:1-1"]),  # half set up
    ],
)
def test_where_it_may_be_again(there: list[CameraInfo], expected: list[str]) -> None:
    assert ports_of("OC-1", "usb:1-1", lambda: there) == expected


def test_a_listing_that_fails_is_looked_at_again() -> None:
    def torn() -> list[CameraInfo]:
        raise TypeError("int() of None")

    assert ports_of("OC-1", "usb:1-1", torn) == []


def test_what_is_told_of_a_camera_is_a_value() -> None:
    camera = info("OC-1", "usb:1-1", "tty1")
    assert (
        camera == info("OC-1", "usb:1-1", "tty1") == copy.copy(camera) == pickle.loads(pickle.dumps(camera))
    )
    assert len({camera, info("OC-1", "usb:1-1", "tty1"), info("OC-1", "tty1")}) == 2
    assert eval(repr(camera)) == camera
    with pytest.raises(AttributeError, match="can't set attribute"):
        camera.port = "COM4"  # type: ignore[misc]


def test_what_is_a_port_and_what_a_serial_number() -> None:
    assert all(map(is_port, ["/dev/ttyACM0", "COM3", "usb:1-1", "socket://h:1", "\\\\.\\COM12"]))
    assert not any(map(is_port, ["OC-1", "COMET", "usb"]))
