"""The `[labgrid]` table of a bench's description."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hil_tests.bench.description import Description, read_description
from hil_tests.bench.place import located
from hil_tests.errors import BenchError

BENCH = '[bench]\nname = "remote"\nhardware = false\n'


def read(folder: Path, labgrid: str, rest: str = "") -> Description:
    file = folder / "remote.toml"
    file.write_text(f"{BENCH}{rest}\n[labgrid]\n{labgrid}\n")
    return read_description(file, datetime.date(2026, 1, 1))


def test_a_place_by_name_is_asked_for_the_camera_at_labgrids_own_address(tmp_path: Path) -> None:
    place = read(tmp_path, 'place = "oralcam"').labgrid
    assert place is not None
    assert (place.coordinator, place.filters) == ("127.0.0.1:20408", ("name=oralcam",))
    assert (place.resources, place.wait_s) == ({"camera": "camera"}, 60.0)


def test_a_place_by_tags_is_asked_for_camera_and_rig_by_their_names_there(tmp_path: Path) -> None:
    where = 'coordinator = "lab.example:9"\ntags = "product=oralcam rig=yes"'
    place = read(tmp_path, f'{where}\ncamera = "cam-1"\nrig = "pico"', "[rig]").labgrid
    assert place is not None
    assert place.filters == ("product=oralcam", "rig=yes")
    assert (place.coordinator, place.resources) == ("lab.example:9", {"camera": "cam-1", "rig": "pico"})


def test_what_the_description_says_itself_the_place_is_not_asked_for(tmp_path: Path) -> None:
    rest = '[camera]\nport = "/dev/ttyACM0"\n[rig]\nport = "/dev/ttyACM1"'
    place = read(tmp_path, 'place = "oralcam"', rest).labgrid
    assert place is not None
    assert place.resources == {}  # the place is a lock then


def test_a_serial_number_alone_is_checked_on_the_port_that_the_place_tells(tmp_path: Path) -> None:
    description = read(tmp_path, 'place = "oralcam"', '[camera]\nserial_number = "OC-1"')
    assert description.labgrid is not None
    assert description.labgrid.resources == {"camera": "camera"}
    assert description.camera.serial_number == "OC-1"


@pytest.mark.parametrize(
    ("labgrid", "sentence"),
    [
        ('plcae = "oralcam"', r"\[labgrid\] has no key plcae; did you mean place\?"),
        ("", "one of the two"),
        ('place = "oralcam"\ntags = "rig=yes"', "one of the two"),
        ('place = "two words"', "not the name of a place"),
        ('place = "-k"', "not the name of a place"),
        ('place = "+TOKEN"', "not the name of a place"),
        ("place = 7", "must be text"),
        ('tags = "rig"', 'tags has "rig"'),
        ('tags = "rig=a=b"', 'tags has "rig=a=b"'),
        ('place = "p"\ncamera = "a b"', "not the name of a resource"),
        ('place = "p"\ncoordinator = "http://lab"', "not an address"),
        ('place = "p"\ncoordinator = "lab:0"', "not an address"),
        ('place = "p"\ncoordinator = "lab:99999"', "not an address"),
        ('place = "p"\nwait_s = -1', "outside 0..86400"),
        ('place = "p"\nwait_s = "long"', "must be a number"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_with_its_file(
    tmp_path: Path, labgrid: str, sentence: str
) -> None:
    with pytest.raises(BenchError, match=sentence) as caught:
        read(tmp_path, labgrid)
    assert str(caught.value).startswith("remote.toml: [labgrid]")
    assert "\n" not in str(caught.value)


def test_a_bench_at_this_machine_is_where_its_description_says(tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    file.write_text(f'{BENCH}[camera]\nport = "/dev/ttyACM0"\n')
    description = read_description(file, datetime.date(2026, 1, 1))
    with located(description) as here:
        assert here is description
