"""`python -m tools.testbeds.servers` installs programs, and leaves none of them running."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tools.testbeds.servers import __main__ as tool
from tools.testbeds.servers import installing


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Debian's places, in a temporary folder, and an apt-get that looks around."""
    units = tmp_path / "systemd"
    units.mkdir()
    monkeypatch.setattr(installing, "UNITS", units)
    monkeypatch.setattr(installing, "POLICY", tmp_path / "policy-rc.d")
    monkeypatch.setattr(installing, "_installed", lambda package: False)
    return tmp_path


def test_while_packages_are_installed_nothing_may_start(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, ...]] = []

    def run(*command: str) -> None:
        ran.append(command)
        assert "exit 101" in (machine / "policy-rc.d").read_text()
        assert os.access(machine / "policy-rc.d", os.X_OK)
        assert (machine / "systemd" / "orthanc.service").readlink() == Path(os.devnull)

    monkeypatch.setattr(installing, "_run", run)
    installing.install(["orthanc"])
    assert [command[-1] for command in ran] == ["update", "orthanc"]
    assert not (machine / "policy-rc.d").exists()
    assert (machine / "systemd" / "orthanc.service").is_symlink()  # and it does not start at the next boot


def test_a_policy_that_was_there_stays(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine / "policy-rc.d").write_text("#!/bin/sh\nexit 104\n")
    monkeypatch.setattr(installing, "_run", lambda *command: None)
    installing.install(["dcmtk"])
    assert "104" in (machine / "policy-rc.d").read_text()


def test_an_archive_that_somebody_runs_is_left_alone(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_installed", lambda package: package == "orthanc")
    monkeypatch.setattr(installing, "_run", lambda *command: None)
    installing.install(["dcmtk"])
    assert not (machine / "systemd" / "orthanc.service").exists()


@pytest.mark.parametrize(("absent", "code"), [([], 0), (["dcmtk"], 1)])
def test_the_list_says_what_is_missing(
    absent: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "missing", lambda: absent)
    assert tool.main([]) == code
    assert f"dcmtk: {'missing' if absent else 'here'}" in capsys.readouterr().out


def test_elsewhere_than_on_debian_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_dpkg() -> Any:
        raise FileNotFoundError

    monkeypatch.setattr(tool, "missing", no_dpkg)
    assert tool.main(["install"]) == 2
    assert "by hand" in capsys.readouterr().out
