"""Descriptors are a device's own claims: what is found in them can be used, whatever they say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam.testing.usb.device import camera_interfaces
from oralcam.usb.ids import port_name
from oralcam.usb.interface import (
    PACKET_SIZES,
    Alternate,
    Endpoint,
    NotOffered,
    find_bulk_interface,
)

OURS = (0xFF, 0x4F, 0x43)
RELAXED = settings(deadline=None, database=None)
IN, OUT = Endpoint(0x83, 2, 512), Endpoint(0x03, 2, 512)


def ours(*endpoints: Endpoint, number: int = 2, setting: int = 0) -> Alternate:
    return Alternate(number, setting, OURS, list(endpoints))


def test_it_is_found_beside_the_serial_port() -> None:
    found = find_bulk_interface(camera_interfaces(64))
    assert (found.number, found.setting, found.has_choice) == (2, 0, False)
    assert (found.inward.address, found.outward.address, found.outward.packet_size) == (0x83, 0x03, 64)


def test_other_endpoints_of_the_interface_are_left_alone() -> None:
    found = find_bulk_interface([ours(Endpoint(0x84, 3, 8), IN, OUT)])
    assert (found.inward, found.outward) == (IN, OUT)


@pytest.mark.parametrize(
    ("alternates", "reason"),
    [
        ([], "has no bulk interface"),
        ([Alternate(2, 0, (0xFF, 0x4F, 0x44), [IN, OUT])], "has no bulk interface"),
        ([Alternate(2, 0, (0xFF, 0, 0), [IN, OUT])], "has no bulk interface"),
        ([ours()], "bulk endpoint for each direction"),
        ([ours(IN)], "bulk endpoint for each direction"),
        ([ours(IN, Endpoint(0x84, 2, 512))], "bulk endpoint for each direction"),
        ([ours(IN, Endpoint(0x03, 3, 512))], "bulk endpoint for each direction"),
        ([ours(IN, Endpoint(0x00, 2, 512))], "bulk endpoint for each direction"),
        ([ours(Endpoint(0x83, 2, 0), OUT)], "0-byte packets"),
        ([ours(IN, Endpoint(0x03, 2, 100))], "100-byte packets"),
        ([ours(IN, OUT, Endpoint(0x83, 3, 8))], "0x83 twice"),
        ([ours(IN, OUT), Alternate(1, 0, (10, 0, 0), [Endpoint(0x03, 2, 512)])], "0x03 twice"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(alternates: list[Alternate], reason: str) -> None:
    with pytest.raises(NotOffered, match=reason):
        find_bulk_interface(alternates)


def test_of_several_alternates_the_first_that_can_be_used_is_chosen_and_has_to_be_set() -> None:
    found = find_bulk_interface([ours(), ours(IN, OUT, setting=1), ours(IN, OUT, setting=2)])
    assert (found.setting, found.has_choice) == (1, True)
    assert find_bulk_interface([ours(IN, OUT, setting=3)]).has_choice


def test_a_second_interface_of_ours_serves_if_the_first_cannot() -> None:
    assert (
        find_bulk_interface([ours(IN), ours(Endpoint(0x85, 2, 64), Endpoint(5, 2, 64), number=4)]).number == 4
    )


byte = st.integers(0, 255)
endpoint = st.builds(
    Endpoint, byte, byte, st.one_of(st.sampled_from(sorted(PACKET_SIZES)), st.integers(0, 65535))
)
alternate = st.builds(
    Alternate,
    st.integers(0, 3),
    st.integers(0, 2),
    st.one_of(st.just(OURS), st.tuples(byte, byte, byte)),
    st.lists(endpoint, max_size=4),
)


@RELAXED
@given(st.lists(alternate, max_size=6))
def test_whatever_is_found_can_be_used(alternates: list[Alternate]) -> None:
    try:
        found = find_bulk_interface(alternates)
    except NotOffered:
        return
    origin = [
        a for a in alternates if (a.number, a.setting) == (found.number, found.setting) and a.triple == OURS
    ]
    assert origin
    for end, direction in ((found.inward, 0x80), (found.outward, 0)):
        assert end.address & 0x80 == direction
        assert end.address & 0x0F
        assert end.attributes & 3 == 2
        assert end.packet_size in PACKET_SIZES
        others = [e for a in alternates if a.number != found.number for e in a.endpoints]
        assert end.address not in [other.address for other in others]


@RELAXED
@given(st.integers(1, 255), st.lists(st.integers(1, 255), min_size=1, max_size=7))
def test_a_port_is_named_as_linux_names_it(bus: int, ports: list[int]) -> None:
    name = port_name(bus, ports)
    head, _, tail = name.removeprefix("usb:").partition("-")
    assert (int(head), [int(port) for port in tail.split(".")]) == (bus, ports)
