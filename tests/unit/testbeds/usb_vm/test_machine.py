"""The machine's deadlines and streams, with a shell in the place of qemu."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.testbeds.usb_vm.errors import DidNotBoot, Died, TooLong
from tools.testbeds.usb_vm.machine import Machine
from tools.testbeds.usb_vm.streams import MarkedStream

MARK = b"\0end\0"
BOOTED = "echo command 2.5 >$tell;"
END = r"printf '\0end\0' >$output; printf '\0end\0' >$errors;"


def machine(program: str) -> Machine:
    """`program` may write to $tell, $output, $errors and $console."""

    def command(streams: dict[str, str]) -> list[str]:
        names = "".join(f"{name}={path};" for name, path in streams.items())
        return ["sh", "-c", names + program]

    return Machine(command, MARK)


def run(program: str, boot_s: float = 10, command_s: float = 10) -> tuple[int, bytes, bytes]:
    output, errors = bytearray(), bytearray()
    with machine(program) as vm:
        code = vm.run(output.extend, errors.extend, boot_s=boot_s, command_s=command_s)
    return code, bytes(output), bytes(errors)


def test_output_errors_and_exit_code_come_back():
    told = "echo out >$output; echo err >$errors; echo exit 3 >$tell; sleep 60"
    assert run(BOOTED + told.replace("echo exit", END + "echo exit")) == (3, b"out\n", b"err\n")


def test_the_last_lines_come_even_if_the_exit_code_overtakes_them():
    assert (
        run(BOOTED + "echo exit 0 >$tell; sleep 0.2; echo last >$output;" + END + "sleep 60")[1] == b"last\n"
    )


def test_output_is_passed_on_before_the_command_ends():
    seen = []

    def take(data: bytes) -> None:
        seen.append(data)
        raise KeyboardInterrupt  # as if the user had seen enough

    with machine(BOOTED + "echo first >$output; sleep 60") as vm, pytest.raises(KeyboardInterrupt):
        vm.run(take, take, boot_s=10, command_s=10)
    assert seen == [b"first\n"]


def test_a_vm_that_says_nothing_does_not_boot():
    with pytest.raises(DidNotBoot, match=r"did not boot in 0\.1 s.*console is empty"):
        run("sleep 60", boot_s=0.1)


def test_what_init_complains_about_is_the_reason():
    with pytest.raises(DidNotBoot, match="did not start: module 9p does not load"):
        run("echo usb_vm: module 9p does not load >$console; sleep 60")


def test_a_panic_at_the_start_is_named():
    panic = "[    1.0] Kernel panic - not syncing: VFS: Unable to mount root"
    with pytest.raises(DidNotBoot, match="panicked: VFS: Unable to mount root"):
        run(f"echo '{panic}' >$console; exit 0")


def test_a_panic_later_is_a_death():
    with pytest.raises(Died, match="panicked: Fatal exception"):
        run(BOOTED + "sleep 0.1; echo 'Kernel panic - not syncing: Fatal exception' >$console")


def test_qemus_own_complaint_is_shown():
    with pytest.raises(DidNotBoot, match="ended by itself: qemu: no such machine"):
        run("echo qemu: no such machine >&2; exit 1")


def test_a_command_that_does_not_end_is_stopped():
    began = time.monotonic()
    with pytest.raises(TooLong, match=r"did not end in 0\.2 s"):
        run(BOOTED + "sleep 60", command_s=0.2)
    assert time.monotonic() - began < 30  # it was not waited for


def test_closing_ends_the_process_and_gives_every_descriptor_back(open_descriptors):
    before = open_descriptors()
    vm = machine("sleep 60")
    assert open_descriptors() > before
    vm.close()
    vm.close()
    assert open_descriptors() == before


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_vm_ends_with_the_program_that_started_it(how):
    program = (
        "import sys; from tests.unit.testbeds.usb_vm.test_machine import machine\n"
        "with machine('echo command 1 >$tell; echo $$ >$output; exec sleep 300') as vm:\n"
        "    vm.run(lambda data: print(data.decode(), end='', flush=True), print, boot_s=60, command_s=60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        vm = int(started.stdout.readline())
        os.kill(vm, 0)
        started.send_signal(how)
        started.wait(30)
    deadline = time.monotonic() + 30
    while Path(f"/proc/{vm}/status").exists() and time.monotonic() < deadline:
        if "zombie" in Path(f"/proc/{vm}/status").read_text():
            break  # nobody collects orphans in some containers
        time.sleep(0.01)
    else:
        assert not Path(f"/proc/{vm}").exists()


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_the_mark_is_found_however_it_is_cut(size):
    whole = b"a\0e\0en" + MARK
    seen = bytearray()
    stream = MarkedStream(MARK, seen.extend)
    for at in range(0, len(whole), size):
        stream.feed(whole[at : at + size])
    assert stream.ended
    assert seen == b"a\0e\0en"


def test_what_looks_like_the_marks_beginning_is_only_held_until_it_is_not():
    seen = bytearray()
    stream = MarkedStream(MARK, seen.extend)
    stream.feed(b"x\0e")
    assert seen == b"x"
    stream.feed(b"y")
    assert seen == b"x\0ey"
    assert not stream.ended
