"""`pytest hil_tests --bench NAME`: the same tests on an emulator, on a real kernel's USB, on a rig."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar, cast

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.bench.description import USB_VM, find_file, read_description
from hil_tests.bench.inside_vm import is_inside, run_inside
from hil_tests.bench.place import located
from hil_tests.bench.soak import Rounds, duration_s
from hil_tests.errors import BenchError
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.colour_target import ColourTarget
from hil_tests.instruments.edge_target import EdgeTarget
from hil_tests.instruments.flat_target import FlatTarget
from hil_tests.instruments.host_controller import HostController
from hil_tests.instruments.light_meter import LightMeter
from hil_tests.instruments.power_switch import PowerSwitch
from hil_tests.instruments.service_console import ServiceConsole
from hil_tests.instruments.strobe_timer import StrobeTimer
from hil_tests.instruments.thermometer import Thermometer
from hil_tests.instruments.tip_heater import TipHeater
from hil_tests.report.measurements import Measurements
from hil_tests.report.summary import NEEDS_HARDWARE, NOT_HERE, as_json, measured, not_counted, table
from hil_tests.session import BENCH, DESCRIPTION, HELD, MEASURED, OUTCOMES, SKIPPED, SOAK_S

Instrument = TypeVar("Instrument")
SHORTEST_DEADLINE_S = 60
PATIENCES = 6  # a test waits for so many things at most


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare which bench, and where results go besides `--junitxml`."""
    group = parser.getgroup("oralcam bench")
    group.addoption(
        "--bench",
        default="emulator",
        metavar="NAME",
        help="emulator, qemu-arm, qemu-arm-m7, usb-vm or FILE.toml (default: emulator)",
    )
    group.addoption(
        "--soak", metavar="TIME", help="let the soak run for 90s, 30m, 8h or 2d, not a few rounds"
    )
    group.addoption(
        "--json", type=Path, metavar="FILE", help="write outcomes and measured values to FILE too"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Run this very command inside the USB VM, which is another machine, if that is the bench."""
    wanted = config.getoption("bench") == USB_VM and not config.getoption("collectonly")
    if not wanted or config.getoption("help") or is_inside():
        return None
    files = {"--junitxml": config.getoption("xmlpath"), "--json": config.getoption("json")}
    named = {option: Path(file) for option, file in files.items() if file is not None}
    try:
        return run_inside(config.invocation_params.args, config.invocation_params.dir, named)
    except BenchError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_configure(config: pytest.Config) -> None:
    """Read the description: a fault in it is told before anything else happens."""
    config.addinivalue_line(
        "markers", "thorough: differs little from another test; a slow bench leaves it out"
    )
    config.addinivalue_line("markers", "one_transport: how the camera is connected makes no difference here")
    config.addinivalue_line(
        "markers", "hardware(what, wiring): only a real camera can show this; hil_tests/README.md lists them"
    )
    config.stash[MEASURED], config.stash[OUTCOMES], config.stash[SKIPPED] = [], {}, {}
    try:
        path = find_file(config.getoption("bench"), config.invocation_params.dir)
        config.stash[DESCRIPTION] = read_description(path, datetime.date.today())
        soak = config.getoption("soak")
        config.stash[SOAK_S] = duration_s(soak) if soak else 0.0
    except BenchError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_sessionstart(session: pytest.Session) -> None:
    """Open the bench: an instrument that does not answer is told before any test runs."""
    if session.config.getoption("collectonly"):
        return
    with ExitStack() as stack:
        try:
            bench = Bench(stack.enter_context(located(session.config.stash[DESCRIPTION])))
        except BenchError as error:
            raise pytest.UsageError(str(error)) from error
        stack.callback(bench.close)
        session.config.stash[BENCH] = bench
        session.config.stash[HELD] = stack.pop_all()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Close the bench when the last test has let go of it. If it was taken meanwhile, the run has failed."""
    try:
        yield
    finally:
        try:
            session.config.stash.get(HELD, ExitStack()).close()
        except BenchError as error:
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
            reporter = session.config.pluginmanager.get_plugin("terminalreporter")
            if reporter is not None:
                reporter.ensure_newline()
                reporter.write_line(f"ERROR: {error}", red=True)


# -- what tests ask for ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def bench(pytestconfig: pytest.Config) -> Bench:
    """Give the open bench that `--bench` names."""
    return pytestconfig.stash[BENCH]


def _instrument(bench: Bench, kind: str, interface: type[Instrument]) -> Instrument:
    """Return the bench's instrument of a kind; without one the test is not counted as passed."""
    del interface
    instrument = bench.instrument(kind)
    if instrument is None:
        pytest.skip(f"{NOT_HERE}no {kind}")
    return cast("Instrument", instrument)


@pytest.fixture
def button(bench: Bench) -> Iterator[ButtonActuator]:
    """Give what presses the camera's button; it is up when the test ends."""
    button = _instrument(bench, "button", ButtonActuator)  # type: ignore[type-abstract]
    yield button
    button.up()


@pytest.fixture
def light_meter(bench: Bench) -> LightMeter:
    """Give what measures the zones' light."""
    return _instrument(bench, "light_meter", LightMeter)  # type: ignore[type-abstract]


@pytest.fixture
def power(bench: Bench) -> Iterator[PowerSwitch]:
    """Give what takes the camera's power; it is on when the test ends."""
    power = _instrument(bench, "power", PowerSwitch)  # type: ignore[type-abstract]
    yield power
    power.on()


@pytest.fixture
def hub(bench: Bench) -> Iterator[PowerSwitch]:
    """Give a hub that switches the camera's port, besides `power`; the port has power when the test ends."""
    hub = _instrument(bench, "hub", PowerSwitch)  # type: ignore[type-abstract]
    yield hub
    hub.on()


@pytest.fixture
def thermometer(bench: Bench) -> Thermometer:
    """Give what measures the camera's tip."""
    return _instrument(bench, "thermometer", Thermometer)  # type: ignore[type-abstract]


@pytest.fixture
def heater(bench: Bench) -> Iterator[TipHeater]:
    """Give what warms the camera's tip; it is off when the test ends."""
    heater = _instrument(bench, "heater", TipHeater)  # type: ignore[type-abstract]
    yield heater
    heater.off()


@pytest.fixture
def edge_target(bench: Bench) -> Iterator[EdgeTarget]:
    """Show a slanted edge to the camera until the test ends."""
    target = _instrument(bench, "edge_target", EdgeTarget)  # type: ignore[type-abstract]
    target.show()
    yield target
    target.remove()


@pytest.fixture
def colour_target(bench: Bench) -> Iterator[ColourTarget]:
    """Show a colour chart to the camera until the test ends."""
    target = _instrument(bench, "colour_target", ColourTarget)  # type: ignore[type-abstract]
    target.show()
    yield target
    target.remove()


@pytest.fixture
def flat_target(bench: Bench) -> Iterator[FlatTarget]:
    """Show an even target to the camera until the test ends."""
    target = _instrument(bench, "flat_target", FlatTarget)  # type: ignore[type-abstract]
    target.show()
    yield target
    target.remove()


@pytest.fixture
def strobe_timer(bench: Bench) -> StrobeTimer:
    """Give what times a strobe against the button."""
    return _instrument(bench, "strobe_timer", StrobeTimer)  # type: ignore[type-abstract]


@pytest.fixture
def host_controller(bench: Bench) -> HostController:
    """Give what resets the host's USB controller."""
    return _instrument(bench, "host_controller", HostController)  # type: ignore[type-abstract]


@pytest.fixture
def service_console(bench: Bench) -> ServiceConsole:
    """Give the board's REPL in service mode."""
    return _instrument(bench, "service_console", ServiceConsole)  # type: ignore[type-abstract]


@pytest.fixture
def soak(pytestconfig: pytest.Config, bench: Bench, tmp_path: Path) -> Rounds:
    """Give the rounds of a soak."""
    return Rounds(bench.counts.soak_rounds, pytestconfig.stash[SOAK_S], tmp_path)


@pytest.fixture
def measure(
    request: pytest.FixtureRequest, bench: Bench, record_property: Callable[[str, object], None]
) -> Measurements:
    """Give the place where measured values go."""
    kept = request.config.stash[MEASURED]
    return Measurements(request.node.name, bench.hardware, kept, record_property)


@pytest.fixture(scope="session", autouse=True)
def _instruments_in_the_report(
    bench: Bench, record_testsuite_property: Callable[[str, object], None]
) -> None:
    record_testsuite_property("bench", bench.description.name)
    record_testsuite_property("camera", bench.camera.serial_number)
    for kind, told in bench.instruments_told().items():
        record_testsuite_property(f"instrument.{kind}", told)


# -- the end of the run ------------------------------------------------------------------------------


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give a slow bench longer deadlines and leave out what is `thorough`; a soak has no deadline."""
    if not config.stash[DESCRIPTION].thorough:
        left_out = [item for item in items if item.get_closest_marker("thorough")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    counts = config.stash[DESCRIPTION].counts
    deadline_s = SHORTEST_DEADLINE_S + PATIENCES * (counts.patience_s + counts.heating_s)
    for item in items:
        soaks = config.stash[SOAK_S] and "soak" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.timeout(0 if soaks else deadline_s))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what only hardware can show, where an emulator is the camera."""
    marker = item.get_closest_marker("hardware")
    if marker is not None and not item.config.stash[DESCRIPTION].hardware:
        pytest.skip(f"{NEEDS_HARDWARE}{marker.args[0]}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep outcomes, and why a test was skipped."""
    report = yield
    outcomes = item.config.stash[OUTCOMES]
    if report.when == "call" or report.outcome != "passed":
        outcomes[item.name] = report.outcome
    if report.skipped and isinstance(report.longrepr, tuple):
        item.config.stash[SKIPPED][item.name] = report.longrepr[2].removeprefix("Skipped: ")
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print a table of what was measured, and a list of what this bench cannot show."""
    bench = config.stash.get(BENCH, None)
    if bench is None:
        return
    told = bench.instruments_told()
    terminalreporter.section(f"bench {bench.description.name}, camera {bench.camera.serial_number}")
    for line in table(list(told.items())):
        terminalreporter.write_line(line)
    if config.stash[MEASURED]:
        terminalreporter.section("measured")
        for line in measured(config.stash[MEASURED]):
            terminalreporter.write_line(line)
    skipped, outcomes = config.stash[SKIPPED], config.stash[OUTCOMES]
    if skipped:
        terminalreporter.section("not counted as passed")
        for line in not_counted(skipped):
            terminalreporter.write_line(line)
    file = config.getoption("json")
    if file is not None:
        report = as_json(bench.description.name, bench.hardware, told, config.stash[MEASURED], outcomes)
        file.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
