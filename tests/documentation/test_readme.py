"""What the documentation shows runs as it stands."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import threading
import time
from pathlib import Path

import pytest

import oralcam
from oralcam.sinks.sinks_toml import set_up_sinks

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def python_blocks(file: str) -> list[str]:
    """The python code of a page."""
    return re.findall(r"```python\n(.*?)```", (REPOSITORY / file).read_text("utf-8"), re.DOTALL)


def test_the_readmes_ten_lines_run_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, *_ = python_blocks("README.md")
    assert len(code.splitlines()) == 10
    opened: list[oralcam.Camera] = []
    is_open = threading.Event()
    really_open = oralcam.Camera.open

    def noted(target: str) -> oralcam.Camera:
        opened.append(really_open(target))
        is_open.set()
        return opened[0]

    def hand() -> None:
        assert is_open.wait(20)
        emulator = opened[0].emulator
        assert emulator is not None
        emulator.bench.press(2)
        deadline = time.monotonic() + 20
        while len(list(tmp_path.glob("*.jpg"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        opened[0].close()  # nobody has to wait out the 30 s

    monkeypatch.setattr(oralcam.Camera, "open", noted)
    pressing = threading.Thread(target=hand)
    pressing.start()
    exec(compile(code, "README.md", "exec"), {})
    pressing.join()
    serial = opened[0].serial_number
    photos = {path.name for path in tmp_path.glob("*.jpg")}
    assert "molar.jpg" in photos
    assert len(photos & {f"{serial}-{number:06d}.jpg" for number in range(1, 4)}) == 2
    assert "posterior_left" in capsys.readouterr().out


def test_the_readmes_test_passes(pytester: pytest.Pytester) -> None:
    _, code, _ = python_blocks("README.md")
    pytester.makepyfile(code)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_readmes_way_through_trouble_runs() -> None:
    *_, code = python_blocks("README.md")
    exec(compile(code, "README.md", "exec"), {})


def test_the_specifications_code_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = python_blocks("protocol/README.md")
    exec(compile(code, "protocol/README.md", "exec"), {})
    assert capsys.readouterr().out.strip() == code.strip().rpartition("# ")[2]


def test_the_page_on_records_is_true(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = python_blocks("docs/records.md")
    exec(compile(code, "docs/records.md", "exec"), {})
    assert capsys.readouterr().out.strip() == "26, 27 (ISO 3950) 1"
    (sinks,) = re.findall(
        r"```toml\n(.*?)```", (REPOSITORY / "docs/records.md").read_text("utf-8"), re.DOTALL
    )
    (tmp_path / "sinks.toml").write_text(sinks, "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ORALCAM_WEB_PASSWORD", "secret")
        assert [sink.name for sink in set_up_sinks(tmp_path, tmp_path / "sinks.toml")] == [
            "practice",
            "archive",
            "web",
        ]


@pytest.mark.parametrize("package", ["oralcam", "oralcam_protocol", "camera_app.core"])
def test_code_in_docstrings_gives_what_it_says(package: str) -> None:
    root = importlib.import_module(package)
    tried = 0
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        if module.name.endswith("__main__"):
            continue
        results = doctest.testmod(importlib.import_module(module.name))
        assert results.failed == 0, module.name
        tried += results.attempted
    assert tried
