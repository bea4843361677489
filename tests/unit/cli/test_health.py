"""`oralcam health` shows what went wrong on the link, too."""

from __future__ import annotations

import dataclasses
import json

import pytest
from pytest_mock import MockerFixture

from oralcam.cli.main import main
from oralcam.health import Health
from oralcam.link.ports.counters import LinkCounters

SOUND = Health(**{field.name: 0 for field in dataclasses.fields(Health)} | {"light_locked": None})  # type: ignore[arg-type]


@pytest.fixture
def counters(mocker: MockerFixture) -> LinkCounters:
    counters = LinkCounters()
    camera = mocker.MagicMock(serial_number="OC-1", link_counters=counters)
    camera.__enter__.return_value = camera
    camera.health.return_value = SOUND
    mocker.patch("oralcam.cli.commands.health.open_camera", return_value=camera)
    return counters


def test_nothing_is_told_of_a_link_that_works(
    counters: LinkCounters, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["health"]) == 0
    assert "link:" not in capsys.readouterr().out


def test_what_went_wrong_is_told(counters: LinkCounters, capsys: pytest.CaptureFixture[str]) -> None:
    counters.events_overtaken = 3
    counters.console = ["Traceback"]
    assert main(["health"]) == 0
    assert "link: events overtaken: 3\nlink: console: ['Traceback']\n" in capsys.readouterr().out
    assert main(["health", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["link"]["events_overtaken"] == 3
