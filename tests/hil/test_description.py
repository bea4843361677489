"""A bench's description: what is right is understood, whatever is wrong is one sentence."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hil_tests.bench.calibration import Calibration
from hil_tests.bench.description import BUILT_IN, HERE, find_file, read_description
from hil_tests.errors import BenchError

TODAY = datetime.date(2026, 6, 15)

GOOD = """
[bench]
name = "bench 2"
hardware = true

[camera]
port = "/dev/ttyACM0"
serial_number = "OC-000123"

[rig]
port = "/dev/ttyACM1"

[instruments.button]
driver = "rig"

[instruments.power]
driver = "uhubctl"
hub = "1-1"
port = 2

[instruments.light_meter]
driver = "rig"
unit = "lx"
per_volt = { anterior = 500, posterior_left = 510, posterior_right = 505.5 }
full_level = { anterior = 1000, posterior_left = 990, posterior_right = 1010 }
tolerance = 0.05
cross_talk = 0.1
calibrated = 2026-01-12
valid_for_days = 365

[instruments.thermometer]
driver = "rig"
tolerance_k = 0.2
calibrated = 2026-01-12
valid_for_days = 365

[counts]
presses = 5
"""


def read(folder: Path, text: str) -> object:
    path = folder / "bench.toml"
    path.write_text(text, "utf-8")
    return read_description(path, TODAY)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(BenchError) as raised:
        read(folder, text)
    return str(raised.value)


def test_a_good_one_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "bench.toml"
    path.write_text(GOOD, "utf-8")
    description = read_description(path, TODAY)
    assert (description.name, description.hardware) == ("bench 2", True)
    assert (description.camera.port, description.camera.serial_number) == ("/dev/ttyACM0", "OC-000123")
    assert description.rig is not None
    assert description.counts.presses == 5
    assert description.counts.replugs == 50
    assert set(description.instruments) == {"button", "power", "light_meter", "thermometer"}
    calibration = description.instruments["light_meter"].calibration
    assert calibration == Calibration(datetime.date(2026, 1, 12), 365)
    assert description.instruments["button"].calibration is None


WRONG = {
    "a misspelt table": ("[camera]", "[camra]", "bench.toml: has no key camra; did you mean camera?"),
    "a misspelt key": ("per_volt", "per_vlot", "[instruments.light_meter] has no key per_vlot; did you mean"),
    "a misspelt instrument": (
        "[instruments.thermometer]",
        "[instruments.termometer]",
        "[instruments] has no key termometer; did you mean thermometer?",
    ),
    "another driver's key": (
        'hub = "1-1"',
        "threshold_mv = 3",
        "[instruments.power] has no key threshold_mv",
    ),
    "a missing key": ("tolerance = 0.05\n", "", "[instruments.light_meter] lacks the key tolerance; add it"),
    "a missing table": ('[bench]\nname = "bench 2"\nhardware = true', "", "[bench] lacks the key hardware"),
    "a missing zone": ("anterior = 500, ", "", "[instruments.light_meter.per_volt] lacks the key anterior"),
    "text for a number": ("tolerance = 0.05", 'tolerance = "5 %"', 'tolerance = "5 %" must be a number.'),
    "a number for text": ('"/dev/ttyACM1"', "1", "[rig] port = 1 must be text in quotes."),
    "true for a number": ("presses = 5", "presses = true", "presses = true must be a whole number."),
    "a fraction for a count": ("presses = 5", "presses = 5.5", "presses = 5.5 must be a whole number."),
    "a number out of range": ("tolerance = 0.05", "tolerance = 5", "tolerance = 5.0 is outside 0..0.5."),
    "no count": ("presses = 5", "presses = 0", "presses = 0 is outside 1.."),
    "a table for text": ('port = "/dev/ttyACM1"', "port = {}", "[rig] port = {…} must be text in quotes."),
    "empty text": ('"/dev/ttyACM1"', '""', "[rig] port is empty"),
    "an unknown driver": ('driver = "uhubctl"', 'driver = "uhubclt"', "did you mean uhubctl?"),
    "no driver": ('driver = "uhubctl"', "", "[instruments.power] lacks the key driver"),
    "no rig": ('[rig]\nport = "/dev/ttyACM1"', "", 'driver = "rig" needs the table [rig]: add it.'),
    "no camera": (
        'port = "/dev/ttyACM0"\nserial_number = "OC-000123"',
        "",
        "[camera] lacks the key port: name a port",
    ),
    "not TOML": ("hardware = true", "hardware = yes", "bench.toml is not TOML: Invalid value (at line 4"),
    "a key twice": ("hardware = true", "hardware = true\nhardware = true", "is not TOML"),
    "an overdue calibration": ("2026-01-12", "2025-06-14", "the calibration ran out on 2026-06-14"),
    "a calibration to come": ("2026-01-12", "2026-06-16", "lies in the future (today is 2026-06-15)"),
    "a date in quotes": ("2026-01-12", '"2026-01-12"', "must be a date such as 2026-01-31, without quotes"),
    "a date with a time": ("2026-01-12", "2026-01-12T08:00:00", "must be a date"),
    "no such date": ("2026-01-12", "2026-02-30", "is not TOML"),
    "no calibration": ("calibrated = 2026-01-12\n", "", "lacks the key calibrated; add it"),
    "no validity": ("valid_for_days = 365\n", "", "lacks the key valid_for_days"),
    "valid for ever": ("valid_for_days = 365", "valid_for_days = 99999", "outside 1..3660"),
    "a real camera with a scene": (
        'port = "/dev/ttyACM0"',
        'port = "/dev/ttyACM0"\nphoto_bytes = 20000',
        "photo_bytes is for emulated cameras",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, what: str) -> None:
    old, new, expected = WRONG[what]
    assert old in GOOD
    sentence = refused(tmp_path, GOOD.replace(old, new))
    assert expected in sentence
    assert sentence.startswith("bench.toml")
    assert "\n" not in sentence


def test_a_calibration_counts_to_the_end_of_its_last_day(tmp_path: Path) -> None:
    read(tmp_path, GOOD.replace("2026-01-12", "2025-06-15"))
    assert "ran out on 2026-06-14" in refused(tmp_path, GOOD.replace("2026-01-12", "2025-06-14"))


def test_actuators_need_no_calibration_but_a_given_one_counts(tmp_path: Path) -> None:
    dated = "[instruments.button]\ncalibrated = 2020-01-01\nvalid_for_days = 10"
    assert "ran out on 2020-01-11" in refused(tmp_path, GOOD.replace("[instruments.button]", dated))


@pytest.mark.parametrize("noise", [b"\xff\xfe\x00", "ä".encode("latin-1")])
def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path, noise: bytes) -> None:
    path = tmp_path / "bench.toml"
    path.write_bytes(noise)
    with pytest.raises(BenchError, match=r"bench.toml is not UTF-8 text: save it as UTF-8\."):
        read_description(path, TODAY)


def test_a_file_is_found_from_here_and_below_hil_tests(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").touch()
    assert find_file("mine.toml", tmp_path) == tmp_path / "mine.toml"
    assert find_file("examples/rig.toml", tmp_path) == HERE / "examples/rig.toml"
    assert find_file("emulator", tmp_path) == BUILT_IN / "emulator.toml"
    with pytest.raises(BenchError, match=r"There is no file other\.toml, neither in"):
        find_file("other.toml", tmp_path)
    with pytest.raises(BenchError, match="There is no bench emulater; there are emulator"):
        find_file("emulater", tmp_path)


@pytest.mark.parametrize(
    "path", sorted((*BUILT_IN.glob("*.toml"), *(HERE / "examples").glob("*.toml"))), ids=lambda p: p.stem
)
def test_every_description_that_is_shipped_can_be_read(path: Path) -> None:
    assert read_description(path, datetime.date(2026, 12, 1)).name
