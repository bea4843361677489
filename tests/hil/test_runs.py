"""Runs of the bench suite: the whole rig path, what the reports say, and what does not count as passed."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.hil.conftest import RunBench

QUICK = (
    "hil_tests/scenarios/test_press_to_photo.py::test_a_press_becomes_a_photo",
    "hil_tests/scenarios/test_light.py::test_a_zone_gives_the_light_it_was_asked_for_and_its_neighbours_none",
    "hil_tests/scenarios/test_temperature.py::test_the_camera_knows_how_warm_its_tip_is",
    "hil_tests/scenarios/test_unplug.py::test_exposing",
    "hil_tests/scenarios/test_latency.py",
)


def properties(element: ElementTree.Element | None) -> dict[str, str]:
    """Of a test case or of the suite."""
    assert element is not None
    found = element.findall("properties/property")
    return {each.get("name", ""): each.get("value", "") for each in found}


def test_the_rig_path_end_to_end_with_its_reports(run_bench: RunBench, tmp_path: Path) -> None:
    junit, told = tmp_path / "results.xml", tmp_path / "results.json"
    done = run_bench(*QUICK, "--bench", "examples/rig.toml", f"--junitxml={junit}", "--json", str(told))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 passed" in done.stdout
    assert "edge_to_light_median" in done.stdout
    suite = ElementTree.parse(junit).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("skipped"), suite.get("failures")) == ("8", "0", "0")
    bench = properties(suite)
    assert bench["bench"] == "rig controller's emulator"
    assert bench["instrument.light_meter"] == "rig, not calibrated"
    case = suite.find("testcase[@name='test_the_camera_knows_how_warm_its_tip_is[cdc]']")
    measured = properties(case)
    assert abs(float(measured["tip_told_less_measured"])) < 0.1
    assert measured["tip_told_less_measured.unit"] == "K"
    assert measured["tip_told_less_measured.limits"] == "-0.6 to 0.6"
    assert measured["tip_told_less_measured.verdict"] == "kept"
    report = json.loads(told.read_text("utf-8"))
    assert (report["bench"], report["hardware"]) == ("rig controller's emulator", False)
    assert set(report["outcomes"].values()) == {"passed"}
    (latency,) = [each for each in report["measurements"] if each["name"] == "edge_to_light_median"]
    assert (latency["unit"], latency["verdict"]) == ("ms", "not judged here")
    assert 0 < latency["value"] < 10_000


def test_what_a_bench_cannot_show_is_listed_and_not_passed(run_bench: RunBench, tmp_path: Path) -> None:
    junit = tmp_path / "results.xml"
    words = ("hil_tests", "-k", "benchs_clock or usb_controller or hardware", f"--junitxml={junit}")
    done = run_bench(*words, "--bench", "emulator")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" not in done.stdout.splitlines()[-1]
    assert "not on this bench: no strobe_timer" in done.stdout
    assert "not on this bench: no host_controller" in done.stdout
    assert "needs hardware: " in done.stdout
    suite = ElementTree.parse(junit).find("testsuite")
    assert suite is not None
    assert suite.get("tests") == suite.get("skipped")


def test_a_calibration_is_in_the_report(run_bench: RunBench, tmp_path: Path) -> None:
    bench, junit = tmp_path / "dated.toml", tmp_path / "results.xml"
    text = (Path(__file__).resolve().parents[2] / "hil_tests/benches/emulator.toml").read_text("utf-8")
    dated = "[instruments.light_meter]\ncalibrated = 2026-01-12\nvalid_for_days = 3650"
    bench.write_text(text.replace("[instruments.light_meter]", dated), "utf-8")
    words = ("hil_tests", "-k", "for_an_exposure_only", "--bench", str(bench), f"--junitxml={junit}")
    done = run_bench(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    told = properties(ElementTree.parse(junit).find("testsuite"))
    assert told["instrument.light_meter"] == "emulated, calibrated 2026-01-12, due 2036-01-10"


def test_a_limit_that_is_not_kept_fails_the_test(run_bench: RunBench, tmp_path: Path) -> None:
    bench = tmp_path / "strict.toml"
    text = (Path(__file__).resolve().parents[2] / "hil_tests/benches/emulator.toml").read_text("utf-8")
    bench.write_text(
        text.replace("anterior = 20,", "anterior = 19,") + "\n[counts]\npatience_s = 1\n", "utf-8"
    )
    done = run_bench("hil_tests", "-k", "light_it_was_asked_for", "--bench", str(bench))
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stdout


@pytest.mark.parametrize("soak", ["8", "forever"])
def test_a_soak_that_is_no_time_is_said_at_once(run_bench: RunBench, soak: str) -> None:
    done = run_bench("hil_tests", "--soak", soak)
    assert done.returncode == 4
    assert f"--soak {soak} is not a time" in done.stderr + done.stdout


def test_a_vm_that_cannot_start_fails_the_run(
    run_bench: RunBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))  # where its kernel would be kept
    done = run_bench("hil_tests", "--bench", "usb-vm")
    assert done.returncode == 120
    assert "tools.testbeds.usb_vm: The VM" in done.stderr
    assert "passed" not in done.stdout
