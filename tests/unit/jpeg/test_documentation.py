"""docs/jpeg.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oralcam.jpeg import FIELDS, NAMESPACE
from oralcam.jpeg.fields import PREFIX, Field, Kind
from tests.unit.jpeg.pictures import chroma

PAGE = Path(__file__).resolve().parents[3] / "docs" / "jpeg.md"


def line(field: Field) -> str:
    """A line of the table."""
    xmp = (*field.xmp, *([f"{PREFIX}:{field.ours}"] if field.ours else []))
    names = (", ".join(f"`{name}`" for name in each) for each in (field.exif, xmp))
    has_texts = field.kind in (Kind.LINE, Kind.TEXT, Kind.WORDS, Kind.LIGHT)
    cells = (f"`{field.name}`", *names, f"`{field.privacy.name}`", f"{field.longest:,}" if has_texts else "")
    return f"| {' | '.join(cells)} |"


def test_the_table_is_the_codes() -> None:
    table = re.search(r"<!-- table.*?---\|\n(.*?)<!-- end -->", PAGE.read_text("utf-8"), re.DOTALL)
    assert table is not None
    assert table[1].splitlines() == [line(field) for field in FIELDS]


def test_the_namespace_is_the_codes() -> None:
    assert NAMESPACE in PAGE.read_text("utf-8")


def test_its_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "molar.jpg").write_bytes(chroma("4:2:2"))
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile(code, "docs/jpeg.md", "exec"), {})
    assert capsys.readouterr().out == "4:2:2\n"
