"""What labgrid-client prints becomes values, or a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hil_tests.labgrid.answers import read_places, read_reservations
from hil_tests.labgrid.errors import UnexpectedAnswer
from tests.unit.labgrid.recorded import ANSWERS, answer


def test_a_place_that_we_hold_names_its_holder_and_its_reservation() -> None:
    (place,) = read_places(answer("show-acquired"))
    assert (place.name, place.holder, place.reservation) == ("oralcam", "desk/bob", "AL7V6TIHEU")
    assert place.tags == {"product": "oralcam", "rig": "yes"}


def test_the_resources_of_a_place_come_by_the_names_of_its_matches_with_their_addresses() -> None:
    (place,) = read_places(answer("show-acquired"))
    assert {found.name: found.parameters["port"] for found in place.resources} == {
        "camera": 7070,
        "rig": 7071,
    }
    camera = place.resources[0]
    assert (camera.path, camera.kind) == ("oralcam-bench/bench/NetworkSerialPort/camera", "NetworkSerialPort")
    assert camera.available
    assert (camera.parameters["host"], camera.parameters["protocol"]) == ("127.0.0.1", "raw")


def test_a_free_place_is_held_by_nobody() -> None:
    (place,) = read_places(answer("show-free"))
    assert (place.holder, place.reservation) == ("", "")
    assert [found.name for found in place.resources] == ["camera", "rig"]


def test_resources_whose_exporter_went_away_are_not_available() -> None:
    (place,) = read_places(answer("show-orphaned"))
    assert [(found.name, found.available) for found in place.resources] == [("camera", False), ("rig", False)]


def test_a_resource_that_its_exporter_lost_is_not_available() -> None:
    (place,) = read_places(answer("show-acquired").replace("'avail': True", "'avail': False", 1))
    assert [(found.name, found.available) for found in place.resources] == [("camera", False), ("rig", True)]


def test_several_places_are_told_apart_and_a_comment_cannot_pose_as_their_holder() -> None:
    first, second = read_places(answer("places"))
    assert (first.name, first.holder) == ("oralcam", "desk/bob")
    assert (second.name, second.holder) == ("second", "")  # its comment says `acquired: nobody/here`


def test_reservations_say_who_made_them_and_what_they_got() -> None:
    got, waiting = read_reservations(answer("reservations-two"))
    assert (got.owner, got.token, got.state, got.place) == ("desk/bob", "AL7V6TIHEU", "acquired", "oralcam")
    assert (waiting.owner, waiting.state, waiting.place) == ("bench2/anna", "waiting", "")


@pytest.mark.parametrize(
    ("name", "state", "place"),
    [("reserve-allocated", "allocated", "oralcam"), ("reserve-waiting", "waiting", "")],
)
def test_a_new_reservation_has_its_place_at_once_or_waits(name: str, state: str, place: str) -> None:
    (made,) = read_reservations(answer(name))
    assert (made.state, made.place) == (state, place)


def test_no_reservation_is_none() -> None:
    assert read_reservations(answer("reservations-none")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "something else\n",
        "Place 'a':\n  comment: no holder\n",
        "Acquired resource 'r' (e/g/c/r):\n  {}\n",
        "Place 'a':\n  acquired: None\nAcquired resource 'r' (e/g/c/r):\n  __import__('os')\n",
        "Place 'a':\n  acquired: None\nAcquired resource 'r' (e/g/c/r):\n  {'cls': 'X'}\n",
        "Place 'a':\n  acquired: None\nAcquired resource 'r' (e/g/c/r):\n",
        "Place 'a':\n  acquired: None\nReservation 'b':\n",
    ],
)
def test_an_answer_in_another_form_is_named_with_the_version_that_is_wanted(text: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=r"26\.0\.1.*make labgrid"):
        read_places(text)


def test_a_reservation_without_its_fields_is_an_unexpected_answer() -> None:
    with pytest.raises(UnexpectedAnswer):
        read_reservations("Reservation 'a':\n  owner: desk/bob\n")


def _cut(text: str, at: int, length: int, new: str) -> str:
    at %= len(text) + 1
    return text[:at] + new + text[at + length :]


@settings(deadline=None)
@given(
    name=st.sampled_from(sorted(path.stem for path in ANSWERS.glob("*.txt"))),
    at=st.integers(0, 5000),
    length=st.integers(0, 200),
    new=st.text(max_size=20),
)
def test_a_damaged_answer_is_read_or_refused_and_nothing_else(
    name: str, at: int, length: int, new: str
) -> None:
    text = _cut(answer(name), at, length, new)
    for read in (read_places, read_reservations):
        try:
            read(text)
        except UnexpectedAnswer:
            pass
