"""Bytes go both ways, whatever their number: no tail waits, none is lost or doubled."""

from __future__ import annotations

import pytest

from tests.usb_vm.both_ends import (
    HOSTS_BUFFER,
    HostsBulk,
    both_ends,
    open_serial,
    pattern,
    receive,
    send_meanwhile,
)

# around what packets (64 at full speed, 512 at high speed) and the host's transfers end at
SIZES = sorted(
    {
        multiple * size + off
        for size, multiples in ((64, (1, 2, 7)), (512, (1, 2, 8)), (HOSTS_BUFFER, (1, 2)))
        for multiple in multiples
        for off in (-1, 0, 1)
    }
    | {1}
)
FEW = 4096
MUCH = 300_000


@pytest.fixture(scope="module", params=["high-speed", "full-speed"])
def ends(request):
    with both_ends(speed=request.param) as both:
        yield both


@pytest.fixture(scope="module")
def bulk(ends):
    host = HostsBulk(ends)
    yield host
    host.close()


@pytest.fixture(scope="module")
def port(ends):
    with open_serial(ends.gadget.host.serial_port) as opened:
        yield opened


def test_bulk_to_the_host(ends, bulk):
    for size in SIZES:
        sending = send_meanwhile(ends.bulk, pattern(size))
        assert bulk.read(size) == pattern(size), size
        sending.join()


def test_bulk_to_the_camera(ends, bulk):
    for size in SIZES:
        if size > FEW and bulk.packet_size == 64:
            break  # the kernel's full-speed host takes 4 ms for each packet that was not awaited
        bulk.write(pattern(size))  # no zero-length packet follows: a board takes packets as they come
        assert receive(ends.bulk, size) == pattern(size), size


def test_serial_to_the_host(ends, port):
    for size in SIZES:
        sending = send_meanwhile(ends.serial, pattern(size))
        assert port.read(size) == pattern(size), size
        sending.join()


def test_serial_to_the_camera(ends, port):
    for size in SIZES:
        port.write(pattern(size))
        assert receive(ends.serial, size) == pattern(size), size


def test_every_byte_value_passes_the_serial_port_unchanged(ends, port):
    everything = bytes(range(256)) * 2
    ends.serial.sendall(everything)
    assert port.read(512) == everything
    port.write(everything)
    assert receive(ends.serial, 512) == everything


def test_a_photos_worth_both_ways_at_once(ends, bulk, port):
    threads = [
        send_meanwhile(ends.bulk, pattern(MUCH)),
        send_meanwhile(ends.serial, pattern(MUCH)),
    ]
    assert bulk.read(MUCH) == pattern(MUCH)
    assert port.read(MUCH) == pattern(MUCH)
    for thread in threads:
        thread.join()


def test_a_zero_length_packet_of_the_host_is_nothing(ends, bulk):
    bulk.write(b"a" * 512)
    bulk.write(b"")
    bulk.write(b"b")
    assert receive(ends.bulk, 513) == b"a" * 512 + b"b"
