"""`make demo-clinic` on a machine that may not install the archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.clinic.__main__ import main
from tools.testbeds.servers.packages import PACKAGES


def test_without_an_archive_it_says_what_to_do_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("tools.testbeds.servers.__main__.missing", lambda: list(PACKAGES))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert main(["--out", str(tmp_path)]) == 2
    said = capsys.readouterr().out
    assert "sudo .venv/bin/python -m tools.testbeds.servers install" in said
    assert "there is no clinic" in said
    assert not list(tmp_path.iterdir())
