"""The udev rules: they mean our devices and no others, and udev understands them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import oralcam.cli.commands.udev
import oralcam.usb
from oralcam.cli.main import main
from oralcam.usb.interface import MANUFACTURER, PRODUCT_ID, VENDOR_ID
from tools.testbeds.udevadm import can_verify

RULES = Path(oralcam.usb.__file__).with_name(oralcam.cli.commands.udev.NAME)
TOKEN = re.compile(
    r'(?P<key>[A-Z]+)(?:\{(?P<attribute>\w+)\})?(?P<operator>==|!=|\+=|-=|:=|=)"(?P<value>[^"]*)"'
)
# what each key may be used for (udev(7)): compare, assign or both
COMPARED = {"ACTION", "SUBSYSTEM", "SUBSYSTEMS", "ATTR", "ATTRS", "ENV"}
ASSIGNED = {"TAG", "ENV", "SYMLINK", "GOTO", "LABEL", "GROUP", "MODE"}


def lines() -> list[str]:
    return [
        line for line in RULES.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")
    ]


def tokens(line: str) -> list[re.Match[str]]:
    found = [TOKEN.fullmatch(word) for word in line.split(", ")]
    assert all(found), line
    return [token for token in found if token]


def compared(line: str) -> dict[str, str]:
    return {
        token["attribute"] or token["key"]: token["value"]
        for token in tokens(line)
        if token["operator"] == "=="
    }


def test_every_line_is_written_as_udev_reads_it() -> None:
    for line in lines():
        for token in tokens(line):
            keys = COMPARED if token["operator"] in ("==", "!=") else ASSIGNED
            assert token["key"] in keys, line
    labels = re.findall(r'LABEL="(\w+)"', RULES.read_text())
    assert re.findall(r'GOTO="(\w+)"', RULES.read_text()) == labels


def test_udev_itself_understands_them() -> None:
    udevadm = os.environ.get("UDEVADM") or shutil.which("udevadm") or "udevadm"
    if "UDEVADM" not in os.environ and not can_verify(udevadm):
        pytest.skip("no udevadm that verifies here: CI fetches one (python -m tools.testbeds.udevadm)")
    done = subprocess.run([udevadm, "verify", RULES], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert "Success: 1" in done.stdout


def test_they_mean_what_the_sdk_looks_for() -> None:
    rules = [compared(line) for line in lines() if "idVendor" in line]
    assert len(rules) == 3
    for rule in rules:
        assert int(rule["idVendor"], 16) == VENDOR_ID
        assert int(rule["idProduct"], 16) == PRODUCT_ID
        assert rule["manufacturer"] == MANUFACTURER  # the numbers are anybody's


@pytest.mark.parametrize("subsystem", ["usb", "tty"])
def test_who_sits_there_may_use_it_and_modemmanager_stays_away(subsystem: str) -> None:
    rule = next(line for line in lines() if line.startswith(f'SUBSYSTEM=="{subsystem}"'))
    assert 'TAG+="uaccess"' in rule
    assert 'ENV{ID_MM_DEVICE_IGNORE}="1"' in rule


def test_a_serial_port_has_a_stable_name_if_the_camera_has_a_serial_number() -> None:
    (link,) = [line for line in lines() if "SYMLINK" in line]
    assert 'SYMLINK+="oralcam/$attr{serial}"' in link
    assert 'ATTRS{serial}=="?*"' in link


def test_their_number_is_before_the_rules_that_need_them() -> None:
    assert "50-" < RULES.name < "73-"


def test_the_command_prints_them_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["udev", "--print"]) == 0
    assert capsys.readouterr().out == RULES.read_text("utf-8")
    assert oralcam.cli.commands.udev.INSTALL_AS in RULES.read_text("utf-8")


@pytest.mark.parametrize("here", [True, False])
def test_where_there_is_no_udev_it_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, here: bool
) -> None:
    folder = tmp_path / "udev"
    if here:
        folder.mkdir()
    monkeypatch.setattr("oralcam.cli.commands.udev.HAVING_UDEV", (str(folder),))
    monkeypatch.setattr("sys.platform", "linux")
    assert main(["udev", "--print", "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["udev_here"] is here
    assert ("no udev" in shown.err) is not here


def test_without_print_it_says_what_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["udev"]) == 2
    assert "--print" in capsys.readouterr().err
