"""Real programs as oracles: Debian packages that `.ci/run` installs. Servers listen on loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tools.testbeds.servers.orthanc import Orthanc, orthanc_running


def require_program(name: str, package: str) -> str:
    """The path of a program that a test cannot do without.

    CI must have it: where CI=true, its absence fails the test. Elsewhere it skips, and says what to install.
    """
    path = shutil.which(name)
    if path is not None:
        return path
    sentence = f"{name} is not installed, so this is not tested here: apt-get install {package}"
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(f"CI must have every real program. {sentence}")
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def exiftool() -> str:
    """Phil Harvey's ExifTool, which reads and validates the metadata of photos."""
    return require_program("exiftool", package="libimage-exiftool-perl")


@pytest.fixture(scope="session")
def orthanc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    """One archive for all tests: each sends photos of a study of its own."""
    program = require_program("Orthanc", package="orthanc orthanc-dicomweb")
    with orthanc_running(program, tmp_path_factory.mktemp("orthanc")) as archive:
        yield archive
