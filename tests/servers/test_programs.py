"""What a machine without the real programs is told."""

from __future__ import annotations

import pytest

from tests.servers.conftest import require_program

MISSING = "oralcam-there-is-no-such-program"


@pytest.mark.parametrize("value", ["true", "1"])
def test_ci_fails_without_a_program(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.fail.Exception, match="apt-get install its-package"):
        require_program(MISSING, package="its-package")


def test_a_developers_machine_skips_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install its-package"):
        require_program(MISSING, package="its-package")


def test_a_program_that_is_there_is_found() -> None:
    assert require_program("sh", package="dash").endswith("/sh")
