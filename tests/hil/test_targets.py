"""Targets on a bench: descriptions, known answers, and what happens when a limit is not kept."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hil_tests.bench.description import read_description
from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.errors import BenchError
from hil_tests.instruments.limits import Limits
from hil_tests.instruments.parts import Parts
from hil_tests.optics.colour_chart import colour_error
from hil_tests.optics.flat_field import flat_field
from hil_tests.optics.rendering import blurred_mtf50, chart, flat
from oralcam import Camera
from tests.hil.conftest import RunBench

BENCHES = Path(__file__).resolve().parents[2] / "hil_tests"
EMULATOR = (BENCHES / "benches/emulator.toml").read_text("utf-8")
TODAY = datetime.date(2026, 12, 1)
OPTICS = "sharp_as_this_camera or have_their_colours or as_even_as_it_should"


def described(text: str, folder: Path) -> dict[str, object]:
    """The scale of each target in a description."""
    path = folder / "bench.toml"
    path.write_text(text, "utf-8")
    camera = EmulatedCamera(20_000, "flash")
    try:
        return {
            kind: installed.resource.open(Parts(camera)).scale  # type: ignore[attr-defined]
            for kind, installed in read_description(path, TODAY).instruments.items()
            if kind.endswith("_target")
        }
    finally:
        camera.close()


def narrow(limits: Limits, known: float, part: float) -> bool:
    assert limits.low is not None
    assert limits.high is not None
    return limits.low < known < limits.high and limits.high - limits.low < part * known


def test_the_emulator_s_limits_lie_closely_around_the_known_answers(tmp_path: Path) -> None:
    scales = described(EMULATOR, tmp_path)
    assert narrow(scales["edge_target"].mtf50, blurred_mtf50(1.0), 0.05)  # type: ignore[attr-defined]
    colour = scales["colour_target"]
    known = colour_error(chart(600, 400, colour.reference, (1.05, 1.0, 0.9)), colour.reference)  # type: ignore[attr-defined]
    assert narrow(colour.delta_e_mean, known.mean, 0.1)  # type: ignore[attr-defined]
    assert narrow(colour.delta_e_worst, known.worst[1], 0.1)  # type: ignore[attr-defined]
    even = flat_field(flat(960, 720, 0.3)[..., 0])
    assert narrow(scales["flat_target"].uniformity, even.uniformity, 0.05)  # type: ignore[attr-defined]
    assert narrow(scales["flat_target"].vignetting, even.vignetting, 0.12)  # type: ignore[attr-defined]


def test_the_emulated_bench_measures_them(run_bench: RunBench) -> None:
    done = run_bench("hil_tests", "-k", OPTICS, "--bench", "emulator")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
    for figure in ("mtf50", "edge_angle", "delta_e_mean", "delta_e_worst: white", "uniformity", "vignetting"):
        assert figure in done.stdout


@pytest.mark.parametrize(
    ("fault", "worse", "name"),
    [
        ("blur_px = 1.0", "blur_px = 1.1", "mtf50"),
        ("red = 1.05", "red = 1.08", "delta_e_mean"),
        ("fall_off = 0.3", "fall_off = 0.35", "uniformity"),
    ],
)
def test_a_little_more_of_a_fault_fails_the_run(
    run_bench: RunBench, tmp_path: Path, fault: str, worse: str, name: str
) -> None:
    bench = tmp_path / "worse.toml"
    bench.write_text(EMULATOR.replace(fault, worse), "utf-8")
    done = run_bench("hil_tests", "-k", OPTICS, "--bench", str(bench))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 2 passed" in done.stdout
    assert f"{name} = " in done.stdout


def test_a_target_is_taken_away_again() -> None:
    camera = EmulatedCamera(20_000, "flash")
    try:
        with Camera(camera.ports["cdc"]) as opened:
            usual = opened.capture().jpeg
            camera.look_at(usual + b"\0")
            shown = opened.capture().jpeg
            camera.look_away()
            assert opened.capture().jpeg == usual != shown
    finally:
        camera.close()


@pytest.mark.parametrize(
    ("text", "wrong", "sentence"),
    [
        ("mtf50 = { low = 0.184, high = 0.191 }", "", "mtf50 needs low, high or both"),
        ("low = 0.184", "low = 0.5", "low = 0.5 above high = 0.191"),
        ("mtf50 = { low = 0.184", "mtf50 = { lo = 0.184", "has no key lo; did you mean low?"),
        ("left = 0.4, top", "left = 0.7, top", "left before right"),
        ("left = 0.4, top", "top", "lacks the key left"),
        ("blur_px = 1.0", "blur = 1.0", "has no key blur; did you mean blur_px?"),
        ('"optics/patches.csv"', '"patches.csv"', "patches.csv is no reference of a chart"),
        ("columns = 6", "columns = 0", "columns = 0 is outside 1..100"),
        ("blue = 0.9", "blau = 0.9", "has no key blau"),
    ],
)
def test_what_is_wrong_with_a_target_is_one_sentence(
    tmp_path: Path, text: str, wrong: str, sentence: str
) -> None:
    assert text in EMULATOR
    path = tmp_path / "bench.toml"
    path.write_text(EMULATOR.replace(text, wrong), "utf-8")
    with pytest.raises(BenchError) as raised:
        read_description(path, TODAY)
    assert sentence in str(raised.value)


def test_a_rig_s_chart_and_white_target_need_a_calibration_and_its_edge_none(tmp_path: Path) -> None:
    text = (BENCHES / "examples/bench.toml").read_text("utf-8")
    patches = BENCHES / "optics/patches.csv"
    every = text.replace("\n# ", "\n").replace("/etc/bench2/chart.csv", str(patches))
    path = tmp_path / "bench.toml"
    kept = [line for line in every.splitlines() if not line.startswith(("A ", "thorough"))]
    path.write_text("\n".join(kept), "utf-8")
    installed = read_description(path, TODAY).instruments
    assert installed["edge_target"].calibration is None
    assert installed["colour_target"].calibration is not None
    assert installed["flat_target"].calibration is not None
    path.write_text("\n".join(kept).replace("calibrated = 2026-11-02              #", "#"), "utf-8")
    with pytest.raises(BenchError, match="colour_target"):
        read_description(path, TODAY)
