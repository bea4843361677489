"""docs/dicom.md: its code runs, against archives in this process."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oralcam.dicom.modules import PHOTOGRAPH_DEMANDS
from oralcam.dicom.photo import photographic_image
from oralcam.record import Surface
from tests.unit.dicom.peers import Archive, on_the_same_connection
from tests.unit.dicom.photos import full_record, jpeg
from tests.unit.sources.answers import many, serving

PAGE = Path(__file__).parents[2] / "docs" / "dicom.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_its_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {
        "record": full_record(),
        "jpeg": jpeg(),
        "day": date(2026, 3, 4),
        "listen_port": 0,
    }
    making, sending, asking = BLOCKS
    exec(making, names)
    archive = Archive(report=on_the_same_connection)
    with archive.serving() as node:
        names.update(host=node.host, port=node.port)
        exec(sending.replace("ORTHANC", node.title), names)
    with serving(many(2)) as node:
        names["archive"] = node
        exec(asking, names)
    said = capsys.readouterr().out
    assert said.startswith("False ()\n")
    assert said.count("Müller, Zoë (山田 太郎)") == 2
    assert len(archive.held) == 1


def test_every_attribute_that_its_table_names_is_there() -> None:
    table = PAGE.read_text("utf-8").split("## What stands where")[1].split("MakerNote (")[0]
    named = set(
        re.findall(r"\b[A-Z][A-Za-z]+(?:Sequence|UID|Date|Time|Name|Number|ID|UTC|Comments)\b", table)
    )
    assert len(named) > 15
    held = {element.keyword for element in photographic_image(full_record(), jpeg()).dataset.iterall()}
    held |= {
        element.keyword for element in photographic_image(full_record(), jpeg(), edited_from="2.25.1").dataset
    }
    assert named - held == set()


def test_its_surfaces_are_all_of_them() -> None:
    (listed,) = re.findall(r"`surface-M`(.*?) \|", PAGE.read_text("utf-8"))
    assert {"M", *re.findall(r"`-([A-Z])`", listed)} == {surface.value for surface in Surface}


def test_the_table_of_modules_is_as_long_as_the_page_promises() -> None:
    assert {demand.type for demand in PHOTOGRAPH_DEMANDS} == {"1", "2", "1C", "2C"}
