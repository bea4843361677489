"""A camera, open on each transport that the bench has, and as if nobody had used it before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.scenarios.clean import clean
from hil_tests.session import BENCH, DESCRIPTION
from oralcam import Camera
from oralcam.link.deadlines import Deadlines
from oralcam.spool import Spool

TRANSPORTS = ("cdc", "bulk")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the spool of the person who runs it."""
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what wants a `transport` on each that the bench has; on a slow bench, where it matters."""
    if "transport" not in metafunc.fixturenames:
        return
    bench = metafunc.config.stash.get(BENCH, None)
    transports = TRANSPORTS if bench is None else tuple(bench.camera.ports)
    one_will_do = any(metafunc.definition.iter_markers("one_transport"))
    if one_will_do and not metafunc.config.stash[DESCRIPTION].thorough:
        transports = transports[:1]
    metafunc.parametrize("transport", transports)


@pytest.fixture
def open_camera(bench: Bench, tmp_path: Path) -> Iterator[Callable[..., Camera]]:
    """Open the bench's camera on a transport; close what is open when the test ends."""
    opened: list[Camera] = []

    def open_on(
        transport: str = "", *, spool: Path | Spool | None = None, deadlines: Deadlines | None = None
    ) -> Camera:
        folder = spool or tmp_path / "spool"
        ports = bench.camera.ports
        port = ports[transport] if transport else next(iter(ports.values()))
        camera = Camera(port, spool=folder, deadlines=deadlines)
        opened.append(camera)
        return camera

    clean(bench, tmp_path / "before")
    yield open_on
    for camera in opened:
        camera.close()


@pytest.fixture
def camera(open_camera: Callable[..., Camera], transport: str) -> Camera:
    """Open the bench's camera."""
    return open_camera(transport)
