"""Power by uhubctl: what it prints, a program that behaves like it, the real one where it is installed."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

import pytest

from hil_tests.errors import BenchError
from hil_tests.instruments.uhubctl.power import UhubctlPort, UhubctlPower, uhubctl_port_from
from hil_tests.instruments.uhubctl.status import read_status
from oralcam.files.toml_table import Table

# as in uhubctl's README, section "Usage", and print_port_status
SWITCHED = """\
Current status for hub 1-1 [0424:9514, USB 2.00, 5 ports, ppps]
  Port 2: 0503 power highspeed enable connect [1209:0001 oralcam oralcam camera OC-000123]
Sent power off request
New status for hub 1-1 [0424:9514, USB 2.00, 5 ports, ppps]
  Port 2: 0000 off
"""
LISTED = """\
Current status for hub 2-1.4 [2109:0813 VIA Labs, Inc. USB3.0 Hub, USB 3.00, 4 ports, ppps]
  Port 1: 02a0 power 5gbps Rx.Detect
  Port 2: 0080 off
Current status for hub 1-1 [0424:9514, USB 2.00, 5 ports, ppps]
  Port 1: 0503 power highspeed enable connect [0424:ec00]
  Port 2: 0100 power
  Port 3: 0107 power suspend reset oc enable connect [1209:0001 a port 4: 0000 off]
"""

# the least that behaves like a hub: a file says which ports have power
FAKE = """\
#!{python}
import sys
from pathlib import Path
state, words = Path({state!r}), sys.argv[1:]
options = dict(zip(words[::2], words[1::2]))
if options.get("-l", "1-1") != "1-1":
    print("No compatible devices detected at location", options["-l"] + "!", file=sys.stderr)
    sys.exit(1)
def show(title):
    print(title, "status for hub 1-1 [0424:9514, USB 2.00, 5 ports, ppps]")
    for port in ([options["-p"]] if "-p" in options else "12345"):
        if port in "12345":
            print("  Port %s: %s" % (port, "0100 power" if port in state.read_text() else "0000 off"))
show("Current")
if "-a" in options:
    port = options["-p"]
    if not {stuck}:
        state.write_text(state.read_text().replace(port, "") + (port if options["-a"] == "on" else ""))
    print("Sent power", options["-a"], "request")
    show("New")
"""


def fake(folder: Path, *, stuck: bool = False) -> str:
    (folder / "powered").write_text("12345")
    program = folder / "uhubctl"
    program.write_text(FAKE.format(python=sys.executable, state=str(folder / "powered"), stuck=stuck))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def test_the_state_after_an_action_counts() -> None:
    (hub,) = read_status(SWITCHED)
    assert (hub.location, hub.description) == ("1-1", "0424:9514, USB 2.00, 5 ports, ppps")
    assert not hub.powered(2)
    assert hub.ports == {2: frozenset({"off"})}


def test_every_hub_and_port_is_understood() -> None:
    usb3, usb2 = read_status(LISTED)
    assert {port: usb3.powered(port) for port in usb3.ports} == {1: True, 2: False}
    assert usb2.location == "1-1"
    assert usb2.ports[1] == {"power", "highspeed", "enable", "connect"}
    assert usb2.ports[3] == {"power", "suspend", "reset", "oc", "enable", "connect"}
    assert read_status("No compatible devices detected!\n") == []
    assert read_status("  Port 1: 0100 power\n") == []


def test_a_port_is_switched(tmp_path: Path) -> None:
    power = UhubctlPower("1-1", 2, fake(tmp_path))
    power.off()
    power.off()
    assert (tmp_path / "powered").read_text() == "1345"
    power.on()
    assert "2" in (tmp_path / "powered").read_text()


def test_a_hub_that_only_says_that_it_can(tmp_path: Path) -> None:
    power = UhubctlPower("1-1", 2, fake(tmp_path, stuck=True))
    with pytest.raises(BenchError, match="port 2 of hub 1-1 did not switch off: this hub only says"):
        power.off()


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    program = fake(tmp_path)
    with pytest.raises(BenchError, match=r"no hub at 1-2 that can switch its ports \(such hubs here: 1-1\)"):
        UhubctlPower("1-2", 2, program)
    with pytest.raises(BenchError, match=r"hub 1-1 \(0424:9514.*\) has no port 7\."):
        UhubctlPower("1-1", 7, program)
    with pytest.raises(BenchError, match="is not installed: apt install uhubctl"):
        UhubctlPower("1-1", 2, str(tmp_path / "nothing"))


@pytest.mark.parametrize("hub", ["1-", "usb1", "1-1 -a off", "-1", "1.1"])
def test_a_location_is_checked_before_it_becomes_an_argument(hub: str) -> None:
    with pytest.raises(BenchError, match="is not a hub's location"):
        uhubctl_port_from(Table("b.toml", "power", {"hub": hub, "port": 2}, ("hub", "port"), BenchError))
    good = Table("b.toml", "power", {"hub": "1-1.4", "port": 2}, ("hub", "port"))
    assert uhubctl_port_from(good) == UhubctlPort("1-1.4", 2)


@pytest.mark.skipif(shutil.which("uhubctl") is None, reason="uhubctl is not installed")
def test_the_real_program_is_understood() -> None:
    """A machine without such a hub is the rule: it must be told so, in our words."""
    with pytest.raises(BenchError, match=r"no hub at 250 that can switch|may not use the hub"):
        UhubctlPower("250", 1)
