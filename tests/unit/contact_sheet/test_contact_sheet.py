"""A visit's photos on one page: whose, where, why, when, who holds them."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy
import pytest
from PIL import Image

from oralcam.contact_sheet import SheetPhoto, contact_sheet, drawing, fonts
from oralcam.errors import InvalidRecord
from oralcam.quality import quality_of
from oralcam.record import Mirror
from tests.unit.dicom.photos import full_record, jpeg, patient, record

RED, BLUE = (200, 20, 20), (20, 20, 200)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The lines that are written onto the page, and the names of its marks."""
    lines: list[str] = []
    text = drawing.Pen.text

    def noted(pen: drawing.Pen, corner: Any, line: str, *rest: Any, **options: Any) -> float:
        lines.append(line)
        return text(pen, corner, line, *rest, **options)

    monkeypatch.setattr(drawing.Pen, "text", noted)
    for mark in ("tick", "pending", "warning"):
        monkeypatch.setattr(drawing.Pen, mark, lambda *_, mark=mark: lines.append(f"<{mark}>"))
    return iter([lines])


def halves(*, size: tuple[int, int] = (160, 120)) -> bytes:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    out = io.BytesIO()
    picture.save(out, "jpeg", quality=95)
    return out.getvalue()


def page_of(*photos: SheetPhoto) -> Image.Image:
    return Image.open(io.BytesIO(contact_sheet(photos))).convert("RGB")


def at(page: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """The colour at a place of the first card's picture, in pixels."""
    pixel = page.getpixel((32 * drawing.SCALE + x, 104 * drawing.SCALE + y))
    assert isinstance(pixel, tuple)
    return tuple(round(value) for value in pixel)


def red(page: Image.Image) -> int:
    """How many pixels are."""
    return int((numpy.abs(numpy.asarray(page).astype(int) - RED).max(axis=2) < 40).sum())


def test_it_says_whose_photos_where_why_when_and_who_holds_them(written: Iterator[list[str]]) -> None:
    data = jpeg()
    one = full_record(data)
    other = dataclasses.replace(one, record_id="1f8fad5b-d9cb-469f-a165-70867728950e", site=None, reason="")
    page_of(
        SheetPhoto(one, data, quality_of(data), ("archive", "folder")),
        SheetPhoto(other, data, None, ("folder",), ("archive",)),
    )
    lines = next(written)
    said = "\n".join(lines)
    for words in (
        "Müller, Zoë",
        "1980-01-02",
        "P-4711 at Praxis Nord",
        "2026-03-04",
        "2 photos, 1 confirmed",
    ):
        assert words in said
    for words in (
        "14, 15 (ISO 3950) MOD",
        "Cracked cusp",
        "10:11:12 ± 4 ms",
        "press 7",
        "mirror view, uncorrected",
    ):
        assert words in said
    for words in ("no site yet", "no reason given yet", one.jpeg_sha256[:16], "left", "80%"):
        assert words in said
    assert lines.count("archive") == 2
    assert lines[lines.index("archive") - 1] == "<tick>"
    assert lines[len(lines) - lines[::-1].index("archive") - 2] == "<pending>"
    assert "<warning>" in lines  # noise is no good photo


def test_all_of_them_confirmed_is_said_at_the_top(written: Iterator[list[str]]) -> None:
    page_of(SheetPhoto(record(), jpeg(), None, ("archive",)))
    assert "1 photo, all confirmed" in next(written)


def test_a_photo_is_turned_as_its_record_says() -> None:
    data = halves()
    seen = {}
    for orientation in (1, 3, 6):
        page = page_of(SheetPhoto(dataclasses.replace(record(data), orientation=orientation), data))
        seen[orientation] = (at(page, 60, 200), at(page, 660, 200))
    assert seen[1][0][0] > 150 > seen[1][1][0]
    assert seen[3][0][2] > 150 > seen[3][1][2]
    assert max(seen[6][0]) < 60  # upright it has bars beside it


def test_seven_photos_take_three_rows_and_all_are_there() -> None:
    data = halves()
    one = SheetPhoto(record(data), data)
    pages = {count: page_of(*[one] * count) for count in (1, 3, 7)}
    assert pages[1].size == pages[3].size
    assert pages[7].height > 2.5 * (pages[1].height - 200)
    assert red(pages[7]) == pytest.approx(7 * red(pages[1]), rel=0.02)


def test_photos_of_two_patients_never_share_a_page() -> None:
    stranger = record(patient=patient(birth_date=date(1981, 1, 2)))  # of the same name and id
    with pytest.raises(InvalidRecord, match="one patient") as caught:
        contact_sheet([SheetPhoto(record(), jpeg()), SheetPhoto(stranger, jpeg())])
    assert "Müller" not in str(caught.value)
    with pytest.raises(InvalidRecord, match="needs a photo"):
        contact_sheet([])


def test_a_long_reason_and_a_long_name_stay_on_the_page(written: Iterator[list[str]]) -> None:
    reason = "Reason " * 70
    long = patient(family_name="W" * 40, given_name="M" * 20)
    page_of(SheetPhoto(dataclasses.replace(record(patient=long), reason=reason.strip()), jpeg()))
    pen = drawing.Pen(Image.new("RGB", (400, 60)))
    assert pen.text((0, 0), reason, 12, room=150) <= 150
    assert len(pen.lines(reason, 12, 150, 2)) == 2


def test_letters_that_a_font_lacks_lose_their_accents_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", {False: (), True: ()})
    fonts._fonts.cache_clear()
    assert fonts.readable("Zoë Müller", 20)[0] == "Zoe Muller"  # the font that Pillow brings has no others
    assert not fonts.drawable("山田")
    fonts._fonts.cache_clear()


def test_a_mirrors_view_is_shown_as_it_is() -> None:
    data = halves()
    site = dataclasses.replace(full_record(data).site, mirror=Mirror.UNCORRECTED)  # type: ignore[type-var]
    page = page_of(SheetPhoto(dataclasses.replace(full_record(data), site=site), data))
    assert at(page, 60, 200)[0] > 150 > at(page, 660, 200)[0]
