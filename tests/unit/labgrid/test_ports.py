"""A resource becomes a port that can be opened, or a sentence."""

from __future__ import annotations

import pytest

from hil_tests.labgrid.answers import Resource
from hil_tests.labgrid.errors import ResourceMissing
from hil_tests.labgrid.ports import port_of

RAW = {"host": "10.0.0.7", "port": 7070, "protocol": "raw"}


def resource(kind: str = "NetworkSerialPort", available: bool = True, **parameters: object) -> Resource:
    return Resource("camera", "e/bench/NetworkSerialPort/camera", kind, available, {**RAW, **parameters})


def test_raw_tcp_becomes_a_socket() -> None:
    assert port_of(resource()) == "socket://10.0.0.7:7070"


def test_an_ipv6_address_gets_its_brackets() -> None:
    assert port_of(resource(host="::1")) == "socket://[::1]:7070"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (resource(available=False), "is not there: look at its exporter"),
        (resource(kind="NetworkPowerPort"), "is a NetworkPowerPort, not a serial port"),
        (resource(protocol="rfc2217"), "RFC 2217"),
        (resource(extra={"proxy_required": True}), "without --isolated"),
        (resource(port=None), "has no address"),
        (resource(port=70000), "has no address"),
        (resource(port=True), "has no address"),
        (resource(host=""), "has no address"),
    ],
)
def test_what_cannot_be_opened_is_told_with_what_to_do(wrong: Resource, sentence: str) -> None:
    with pytest.raises(ResourceMissing, match=sentence):
        port_of(wrong)


def test_a_serial_port_without_a_protocol_is_labgrids_default_rfc_2217() -> None:
    told = {"host": "10.0.0.7", "port": 7070}
    with pytest.raises(ResourceMissing, match="RFC 2217"):
        port_of(Resource("camera", "e/g/NetworkSerialPort/camera", "NetworkSerialPort", True, told))
