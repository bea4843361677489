"""The camera that is taken, and a serial port as pyserial tells of one."""

from __future__ import annotations

from serial.tools.list_ports_common import ListPortInfo

from oralcam.discovery.cameras import find_ports


def only(target: str | None = None) -> tuple[str, ...]:
    return find_ports(target)


def serial_port(device: str, serial: str | None, location: str | None, **more: object) -> ListPortInfo:
    port = ListPortInfo(device, skip_link_detection=True)
    known = {"vid": 0x1209, "pid": 1, "serial_number": serial, "location": location, **more}
    for name, value in known.items():
        setattr(port, name, value)
    return port
