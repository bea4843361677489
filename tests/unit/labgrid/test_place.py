"""A place is had whole or not at all, and given back whatever happens."""

from __future__ import annotations

import pytest

from hil_tests.labgrid.client import Refused
from hil_tests.labgrid.errors import (
    CoordinatorUnreachable,
    PlaceHeld,
    PlaceLost,
    ResourceMissing,
    UnexpectedAnswer,
    UnknownPlace,
)
from hil_tests.labgrid.place import Place
from tests.unit.labgrid.lab import THEM, US, Lab, settings


def free(lab: Lab) -> bool:
    return not lab.holder and not [token for token, (owner, _) in lab.reservations.items() if owner == US]


def test_a_free_place_gives_its_ports_and_is_free_again_afterwards() -> None:
    lab = Lab()
    with Place(settings(), lab) as ports:
        assert ports == {"camera": "socket://127.0.0.1:7070"}
        assert lab.holder == US
    assert free(lab)


def test_a_place_may_be_found_by_its_tags() -> None:
    lab = Lab()
    place = Place(settings("", tags={"rig": "yes"}), lab)
    place.acquire()
    assert (place.name, "reserve rig=yes" in lab.commands) == ("oralcam", True)
    place.release()


def test_a_place_that_somebody_holds_is_waited_for_and_had_when_it_is_free() -> None:
    lab = Lab(holder=THEM)

    def give_back(command: str) -> None:
        if command.startswith("wait"):
            lab.holder = ""

    lab.before = give_back
    with Place(settings(wait_s=60), lab):
        assert lab.holder == US


@pytest.mark.parametrize("wait_s", [0.0, 0.01])
def test_a_place_that_is_not_given_back_in_time_names_its_holder(wait_s: float) -> None:
    lab = Lab(holder=THEM)
    with pytest.raises(PlaceHeld, match=f"oralcam is held by {THEM} and was not free within {wait_s:g} s"):
        Place(settings(wait_s=wait_s), lab).acquire()
    assert lab.holder == THEM
    assert not lab.reservations


def test_a_place_that_is_reserved_names_who_reserved_it() -> None:
    lab = Lab(reservations={"A": (THEM, "oralcam")})
    with pytest.raises(PlaceHeld, match=f"held by {THEM}"):
        Place(settings(), lab).acquire()
    assert list(lab.reservations) == ["A"]


def test_another_run_of_the_same_user_is_not_disturbed() -> None:
    lab = Lab()
    with Place(settings(), lab):
        with pytest.raises(PlaceHeld, match=f"held by {US} \\(another run of yours\\)"):
            Place(settings(), lab).acquire()
        assert lab.holder == US


@pytest.mark.parametrize("wrong", [{"place": "oralcma"}, {"place": "", "tags": {"rig": "no"}}])
def test_an_unknown_place_is_told_with_those_that_there_are(wrong: dict[str, object]) -> None:
    lab = Lab()
    with pytest.raises(UnknownPlace, match="it knows: oralcam"):
        Place(settings(**wrong), lab).acquire()  # type: ignore[arg-type]
    assert lab.commands == ["-v places"]


def test_a_resource_that_the_place_lacks_is_told_with_those_that_it_has() -> None:
    lab = Lab()
    with pytest.raises(ResourceMissing, match=r"no resource meter for the rig \(it has: camera\)"):
        Place(settings(resources={"camera": "camera", "rig": "meter"}), lab).acquire()
    assert free(lab)


def test_a_resource_whose_exporter_is_away_is_told() -> None:
    lab = Lab(complete=False)
    with pytest.raises(ResourceMissing, match="start the exporter"):
        Place(settings(), lab).acquire()
    assert free(lab)


def test_a_serial_port_in_another_protocol_is_told_and_the_place_given_back() -> None:
    lab = Lab(protocol="rfc2217")
    with pytest.raises(ResourceMissing, match="RFC 2217"):
        Place(settings(), lab).acquire()
    assert free(lab)


@pytest.mark.parametrize("holder", ["", THEM])
def test_a_place_that_was_taken_away_meanwhile_is_told_and_left_to_its_holder(holder: str) -> None:
    lab = Lab()
    place = Place(settings(), lab)
    place.acquire()
    lab.holder = holder
    with pytest.raises(PlaceLost, match="run them again"):
        place.release()
    assert lab.holder == holder
    assert not lab.reservations


def test_the_same_user_who_took_the_place_by_force_keeps_it() -> None:
    lab = Lab()
    place = Place(settings(), lab)
    place.acquire()
    lab.reservations = {"OTHER": (US, "oralcam")}
    with pytest.raises(PlaceLost):
        place.release()
    assert lab.holder == US


def test_giving_back_twice_is_harmless() -> None:
    lab = Lab()
    place = Place(settings(), lab)
    place.release()
    place.acquire()
    place.release()
    place.release()
    assert free(lab)


def test_a_failed_test_run_gives_the_place_back_and_stays_the_failure() -> None:
    lab = Lab()
    with pytest.raises(ZeroDivisionError), Place(settings(), lab):
        raise ZeroDivisionError
    assert free(lab)


def test_a_place_that_cannot_be_given_back_after_a_failure_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    lab = Lab()

    def down(command: str) -> None:
        raise CoordinatorUnreachable(f"away at {command}")

    place = Place(settings(), lab)
    place.acquire()
    lab.before = down
    place.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert "Place oralcam could not be given back" in caplog.text


FAILURES = [
    KeyboardInterrupt(),
    CoordinatorUnreachable("away"),
    Refused("x", "no"),
    UnexpectedAnswer("what?"),
]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
@pytest.mark.parametrize("nth", range(1, 10))
def test_whatever_goes_wrong_at_whatever_command_leaves_nothing_held(
    nth: int, failure: BaseException, after: bool
) -> None:
    lab = Lab()
    run = lab.run

    def faulty(*arguments: str, deadline_s: float = 20.0) -> str:
        if len(lab.commands) + 1 != nth:
            return run(*arguments, deadline_s=deadline_s)
        # the command was carried out or it was not: labgrid-client cannot tell
        if after:
            run(*arguments, deadline_s=deadline_s)
        else:
            lab.commands.append("lost")
        raise failure

    lab.run = faulty  # type: ignore[method-assign]
    place = Place(settings(), lab)
    try:
        place.acquire()
    except type(failure):
        assert not lab.holder
        # a reservation whose token was lost on the way expires by itself
        assert free(lab) or (nth == 2 and after)
    else:
        assert len(lab.commands) < nth
        assert lab.holder == US
