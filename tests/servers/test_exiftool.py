"""ExifTool, which knows the metadata of all cameras, reads ours back and has no complaint."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from oralcam.camera import Camera
from oralcam.emulator.emulator import Emulator
from oralcam.jpeg import FIELDS, PhotoMetadata, Privacy, inspect, read, require_sound, strip, tag
from tests.unit.jpeg.pictures import APP0, APP2, after, chroma, picture, segment, without
from tests.unit.jpeg.test_metadata import WHOLE

PHOTOS = {
    "420": chroma("4:2:0"),
    "422": chroma("4:2:2", size=(1280, 720)),
    "444": chroma("4:4:4"),
    "gray": picture("L"),
    "rgb": picture(keep_rgb=True),
    "restarts": chroma("4:2:2", restart_marker_blocks=3),
    "no-jfif": without(chroma("4:2:0"), APP0),
    "progressive": picture(progressive=True),
    "cmyk": picture("CMYK"),
}
TIMEOUT_S = 60


def run(exiftool: str, *words: str | Path) -> str:
    command = [exiftool, "-charset", "filename=utf8", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT_S)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def described(exiftool: str, *words: str | Path) -> list[dict[str, Any]]:
    """One mapping a file, keys with their group: "XMP-dc:Description"."""
    found: list[dict[str, Any]] = json.loads(run(exiftool, "-json", "-G1", "-a", *words))
    return found


@pytest.fixture(scope="module")
def emulator_photo(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("emulator")
    with Emulator() as emulator, Camera(emulator.port, spool=folder) as camera:
        return camera.capture().jpeg


@pytest.mark.parametrize(
    ("given", "family"), [("Zoë", "Müller"), ("太郎", "山田"), ("Zo\u0308", "O'Brien & <Sons>")]
)
def test_it_reads_back_what_a_practice_asks_for(
    exiftool: str, tmp_path: Path, given: str, family: str
) -> None:
    said = replace(WHOLE, given_name=given, family_name=family, reason="Bruch; Höcker distal <14> & 15")
    path = tmp_path / "photo.jpg"
    path.write_bytes(tag(PHOTOS["422"], said))
    (found,) = described(exiftool, path)
    assert found["XMP-iptcExt:PersonInImage"] == f"{given} {family}"
    assert (found["XMP-oralcam:GivenName"], found["XMP-oralcam:FamilyName"]) == (given, family)
    assert found["XMP-oralcam:DateOfService"] == "2026-11-24"
    assert found["XMP-oralcam:ToothSystem"] == "universal"
    assert [str(tooth) for tooth in found["XMP-oralcam:Teeth"]] == ["14", "15"]
    assert found["XMP-oralcam:Surfaces"] == ["M", "O"]
    assert found["XMP-oralcam:Reason"] == said.reason
    assert found["XMP-dc:Description"] == said.description
    assert found["ExifIFD:SerialNumber"] == "OC-000123"
    assert found["XMP-photoshop:DateCreated"] == "2026:11:24 10:11:12.345678-03:30"
    assert found["Composite:SubSecDateTimeOriginal"] == "2026:11:24 10:11:12.345678-03:30"
    assert found["IFD0:Orientation"] == "Rotate 90 CW"
    assert found["ExifIFD:ExposureTime"] == "1/80"
    assert found["ExifIFD:ISO"] == 200
    assert (found["IFD0:Make"], found["IFD0:Model"]) == ("oralcam", "One")
    assert found["ExifIFD:ImageUniqueID"] == said.image_unique_id
    assert found["XMP-oralcam:OriginalSHA256"] == "ab" * 32


def test_it_reads_every_field_of_ours(exiftool: str, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(tag(PHOTOS["422"], WHOLE))
    (found,) = described(exiftool, "-struct", path)
    assert {name for field in FIELDS if field.ours for name in [f"XMP-oralcam:{field.ours}"]} <= set(found)
    assert found["XMP-oralcam:Light"] == [
        {"Zone": "anterior", "Level": 0.5, "CurrentMilliampere": 12.5},
        {"Zone": "posterior_left", "Level": 1.0, "CurrentMilliampere": 80.0},
    ]


def test_it_has_no_complaint_at_any_level(exiftool: str, tmp_path: Path, emulator_photo: bytes) -> None:
    photos = {
        **PHOTOS,
        "profile": after(PHOTOS["420"], APP0, segment(APP2, srgb())),
        "emulator": emulator_photo,
    }
    samples = {"whole": WHOLE, "empty": PhotoMetadata(), "unicode": replace(WHOLE, make="Zahnkamera Müller")}
    for name, jpeg in photos.items():
        for level in Privacy:
            for what, said in samples.items():
                (tmp_path / f"{name}-{level.name}-{what}.jpg").write_bytes(tag(jpeg, said, level))
    found = described(exiftool, "-validate", "-warning", "-error", *sorted(tmp_path.glob("*.jpg")))
    assert len(found) == len(photos) * len(Privacy) * len(samples)
    complaints = {
        Path(each.pop("SourceFile")).stem: each for each in found if list(each.values())[1:] != ["OK"]
    }
    assert complaints == {}


def srgb() -> bytes:
    """A colour profile as Pillow makes it."""
    from PIL import ImageCms

    return b"ICC_PROFILE\0\1\1" + ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_it_complains_when_something_is_missing(exiftool: str, tmp_path: Path) -> None:
    """So that the test above is worth something."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(
        tag(PHOTOS["422"], WHOLE).replace(
            b"\x90\x00\x00\x07\x00\x00\x00\x040232", b"\x90\x00\x00\x07\x00\x00\x00\x04xxxx"
        )
    )
    (found,) = described(exiftool, "-validate", "-warning", "-error", path)
    assert found["ExifTool:Validate"] != "OK"


def test_a_photo_of_the_emulator_is_sound_and_comes_back(
    exiftool: str, tmp_path: Path, emulator_photo: bytes
) -> None:
    assert require_sound(emulator_photo).chroma == "4:2:2"
    path = tmp_path / "photo.jpg"
    path.write_bytes(tag(emulator_photo, WHOLE))
    (found,) = described(exiftool, path)
    assert found["XMP-iptcExt:PersonInImage"] == "Zoë Müller"
    assert strip(path.read_bytes()) == emulator_photo


SAMPLINGS = {"2 2": "4:2:0", "2 1": "4:2:2", "1 1": "4:4:4"}


def test_it_sees_the_same_picture_as_the_inspector(exiftool: str, tmp_path: Path) -> None:
    for name, jpeg in PHOTOS.items():
        (tmp_path / f"{name}.jpg").write_bytes(tag(jpeg, WHOLE))
    found = described(exiftool, "-n", *sorted(tmp_path.glob("*.jpg")))
    assert len(found) == len(PHOTOS)
    for each in found:
        facts = inspect(Path(each["SourceFile"]).read_bytes())
        assert (each["File:ImageWidth"], each["File:ImageHeight"]) == (facts.width, facts.height)
        assert f"SOF{each['File:EncodingProcess']}" == facts.frame
        assert each["File:BitsPerSample"] == facts.precision
        assert each["File:ColorComponents"] == len(facts.components)
        if len(facts.components) == 3:
            assert SAMPLINGS[each["File:YCbCrSubSampling"]] == facts.chroma
        assert each["IFD0:Orientation"] == facts.orientation


def test_a_stripped_photo_has_nothing_left_for_it(exiftool: str, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTOS["422"])
    run(exiftool, "-overwrite_original", "-GPSLatitude=52.5", "-GPSLatitudeRef=N", "-IPTC:By-line=A Name",
        "-Comment=A Name", "-XMP-dc:Creator=A Name", path)  # fmt: skip
    assert b"A Name" in path.read_bytes()
    bare = strip(path.read_bytes())
    assert bare == PHOTOS["422"]
    path.write_bytes(bare)
    (found,) = described(exiftool, path)
    assert {key.partition(":")[0] for key in found} == {
        "SourceFile",
        "ExifTool",
        "System",
        "File",
        "JFIF",
        "Composite",
    }


@pytest.mark.parametrize("privacy", Privacy)
def test_a_place_that_another_program_wrote_does_not_stay(
    exiftool: str, tmp_path: Path, privacy: Privacy
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTOS["422"])
    run(
        exiftool,
        "-overwrite_original",
        "-GPSLatitude=52.5",
        "-GPSLatitudeRef=N",
        "-XMP-exif:GPSLongitude=13.4",
        path,
    )
    path.write_bytes(tag(path.read_bytes(), WHOLE, privacy))
    (found,) = described(exiftool, path)
    assert [key for key in found if "GPS" in key] == []


def test_what_it_has_rewritten_is_still_read(exiftool: str, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(tag(PHOTOS["422"], WHOLE))
    run(exiftool, "-overwrite_original", "-XMP-dc:Rights=ours", "-Copyright=ours", "-XMP-dc:Title=Zahn", path)
    assert b"Zahn" in path.read_bytes()
    assert read(path.read_bytes()) == WHOLE
    run(exiftool, "-overwrite_original", "-api", "Compact=Shorthand", "-XMP-dc:Title=Zahn 14", path)
    assert read(path.read_bytes()) == WHOLE
    assert strip(path.read_bytes()) == PHOTOS["422"]
